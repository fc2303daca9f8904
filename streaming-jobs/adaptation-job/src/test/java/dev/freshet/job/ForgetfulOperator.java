package dev.freshet.job;

import dev.freshet.job.adapt.AdaptOptions;

/** Leaves its buffer to the checkpoint, which does not hold it. */
final class ForgetfulOperator extends FailingOperator {
  private static final long serialVersionUID = 1L;

  ForgetfulOperator(AdaptOptions options) {
    super(options);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {}
}
