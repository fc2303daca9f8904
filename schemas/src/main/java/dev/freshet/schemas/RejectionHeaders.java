package dev.freshet.schemas;

/**
 * Headers of a record of {@link Topics#REJECTED_EVENTS}; key and value are the rejected bytes.
 *
 * <p>The first group is named as Kafka Streams names the headers of its dead letter queue
 * (KIP-1034), so that tools made for the one read the other. Values are UTF-8 text.
 */
public final class RejectionHeaders {
  /** A {@link RejectionReason}. */
  public static final String EXCEPTION = "__streams.errors.exception";

  public static final String MESSAGE = "__streams.errors.message";
  public static final String TOPIC = "__streams.errors.topic";
  public static final String PARTITION = "__streams.errors.partition";
  public static final String OFFSET = "__streams.errors.offset";

  /** Bytes of key and value together as they were read, where less of them is kept here. */
  public static final String BYTES_BEFORE_CUT = "freshet.bytes-before-cut";

  private RejectionHeaders() {}
}
