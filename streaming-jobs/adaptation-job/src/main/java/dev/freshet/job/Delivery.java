package dev.freshet.job;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a failure may do to predictions. */
public enum Delivery {
  /** Milliseconds; nothing lost, duplicates identical. */
  AT_LEAST_ONCE("at-least-once", DeliveryGuarantee.AT_LEAST_ONCE),
  /** Kafka transactions; a reader of committed records waits about a checkpoint. */
  EXACTLY_ONCE("exactly-once", DeliveryGuarantee.EXACTLY_ONCE);

  private final String id;
  private final DeliveryGuarantee guarantee;

  Delivery(String id, DeliveryGuarantee guarantee) {
    this.id = id;
    this.guarantee = guarantee;
  }

  public String id() {
    return id;
  }

  DeliveryGuarantee guarantee() {
    return guarantee;
  }

  /** Reads the id; an error lists the choices. */
  public static Delivery parse(String text) {
    List<String> ids = Arrays.stream(values()).map(Delivery::id).toList();
    int index = ids.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException("expected one of " + ids + ", got '" + text + "'");
    }
    return values()[index];
  }
}
