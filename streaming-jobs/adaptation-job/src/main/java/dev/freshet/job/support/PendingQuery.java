package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;

/** A query whose outcome may still become an example. */
final class PendingQuery {
  private final long offset;
  private final long timestampMillis;
  private final SupportVector vector;

  PendingQuery(long offset, long timestampMillis, SupportVector vector) {
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.vector = vector;
  }

  long offset() {
    return offset;
  }

  long timestampMillis() {
    return timestampMillis;
  }

  SupportVector vector() {
    return vector;
  }
}
