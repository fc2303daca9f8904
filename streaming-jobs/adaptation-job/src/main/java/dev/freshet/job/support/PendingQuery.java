package dev.freshet.job.support;

/** A query whose outcome may still become an example. */
final class PendingQuery {
  private final long offset;
  private final long timestampMillis;
  private final float[] vector;

  PendingQuery(long offset, long timestampMillis, float[] vector) {
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

  float[] vector() {
    return vector;
  }
}
