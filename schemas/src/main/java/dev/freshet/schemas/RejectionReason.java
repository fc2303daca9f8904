package dev.freshet.schemas;

/** Why an event was not taken into the history of its task. */
public enum RejectionReason {
  /** The bytes are neither a record of the log nor JSON, or are cut short. */
  UNDECODABLE,
  /** Avro written with a schema that this version does not know. */
  UNKNOWN_SCHEMA,
  /** A record of the log with impossible content. */
  INVALID_EVENT,
  /** Larger than {@link Topics#EVENT_BYTES_MAX}. */
  OVERSIZED,
  /** The Kafka key is not the key of the event's task, so order could not be kept. */
  FOREIGN_KEY,
  /** The record lies in a partition that is not its task's, so order could not be kept. */
  WRONG_PARTITION,
  /** No release of the lineage is in force at this position of the log. */
  UNKNOWN_LINEAGE,
  /** A fence named a release that cannot be loaded; the one before it keeps serving. */
  RELEASE_REFUSED,
  /** The vector's dimension is not the release's. */
  WRONG_DIMENSION,
  /** The vector was made by another encoder than the lineage's. */
  WRONG_ENCODER,
  /** A vector or number is NaN or infinite. */
  NON_FINITE,
  /** The text is empty. */
  EMPTY_TEXT,
  /** The release knows no such kind of features. */
  UNSUPPORTED_FEATURES,
  /** The release knows no such kind of target. */
  UNSUPPORTED_TARGET,
  /** The release has no such head. */
  UNKNOWN_HEAD,
  /** The label is beyond the policy's limit of the task. */
  TOO_MANY_LABELS,
  /** No segment of that name stands before this position of the log. */
  UNKNOWN_PARENT,
  /** Nobody knows the item, and the task's policy keeps no such example. */
  UNKNOWN_ITEM,
  /** The number is outside the scale that the release was trained on. */
  OUT_OF_SCALE,
  /** More items are asked for than one answer holds, or a whole catalogue without a limit. */
  TOO_MANY_ITEMS
}
