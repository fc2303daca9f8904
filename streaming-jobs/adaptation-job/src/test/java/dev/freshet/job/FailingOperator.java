package dev.freshet.job;

import dev.freshet.job.adapt.AdaptOperator;
import dev.freshet.job.adapt.AdaptOptions;
import dev.freshet.job.log.Stamped;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Fails a few times with events waiting in its buffer, each time after a checkpoint. */
class FailingOperator extends AdaptOperator {
  private static final long serialVersionUID = 1L;
  // The operator is copied into the cluster, in this JVM; the counts must outlive its restarts.
  static final AtomicInteger failuresLeft = new AtomicInteger();
  static final AtomicInteger checkpoints = new AtomicInteger();

  private transient boolean checkpointed;
  private transient int sinceCheckpoint;

  FailingOperator(AdaptOptions options) {
    super(options);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    checkpointed = true;
    checkpoints.incrementAndGet();
  }

  @Override
  public void processElement(StreamRecord<Stamped> element) {
    super.processElement(element);
    sinceCheckpoint += checkpointed ? 1 : 0;
    if (sinceCheckpoint > 5 && failuresLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IllegalStateException("injected failure with events waiting");
    }
  }
}
