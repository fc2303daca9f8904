package dev.freshet.trainer.refresh;

import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.training.TrainingListener;

/** Told how a refresh goes, on the thread that makes it. */
public interface RefreshListener extends TrainingListener, Progress {
  /** Tells nobody. */
  RefreshListener SILENT = (what, done, of) -> {};
}
