package dev.freshet.job.log;

import dev.freshet.schemas.RejectionReason;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * An event that was not taken into the history of its task, with its bytes as they were.
 *
 * @param message for people to read; cut at {@value #MESSAGE_CHARACTERS_MAX} characters, because it
 *     quotes what was sent
 */
public record RejectedEvent(LoggedEvent logged, RejectionReason reason, String message) {
  private static final int MESSAGE_CHARACTERS_MAX = 1_000;

  public RejectedEvent {
    message =
        message.length() <= MESSAGE_CHARACTERS_MAX
            ? message
            : message.substring(0, MESSAGE_CHARACTERS_MAX) + "…";
  }

  /** How it crosses the network. */
  public static final TypeInformation<RejectedEvent> TYPE =
      new WireType<>(RejectedEvent.class, new RejectedEventSerializer());

  /** Where every step puts what it refuses. */
  public static final OutputTag<RejectedEvent> TAG = new OutputTag<>("rejected", TYPE);
}
