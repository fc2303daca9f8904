package dev.freshet.job.log;

import dev.freshet.schemas.RejectionReason;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * An event that was not taken into the history of its task, with its bytes as they were.
 *
 * @param message for people to read
 */
public record RejectedEvent(LoggedEvent logged, RejectionReason reason, String message) {
  /** How it crosses the network. */
  public static final TypeInformation<RejectedEvent> TYPE =
      new WireType<>(RejectedEvent.class, new RejectedEventSerializer());

  /** Where every step puts what it refuses. */
  public static final OutputTag<RejectedEvent> TAG = new OutputTag<>("rejected", TYPE);
}
