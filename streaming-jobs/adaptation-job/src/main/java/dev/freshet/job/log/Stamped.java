package dev.freshet.job.log;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What goes from the stamping to the adapting step, in the order of each partition. */
public sealed interface Stamped permits StampedEvent, StampedItems {
  /** How it crosses the network. */
  TypeInformation<Stamped> TYPE = new WireType<>(Stamped.class, new StampedSerializer());

  /** The key that Flink partitions by. */
  String routingKey();
}
