package dev.freshet.job.support;

import java.util.Optional;

/**
 * A query whose outcome may still become an example. One that ranked items keeps nothing of them:
 * its outcome names the item.
 */
final class PendingQuery {
  private final long offset;
  private final long timestampMillis;
  private final Optional<Observed> observed;

  PendingQuery(long offset, long timestampMillis, Optional<Observed> observed) {
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.observed = observed;
  }

  long offset() {
    return offset;
  }

  long timestampMillis() {
    return timestampMillis;
  }

  Optional<Observed> observed() {
    return observed;
  }
}
