package dev.freshet.trainer.embedding;

/** Told now and then how far long work has come, on the thread that does it. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = (what, done, of) -> {};

  /**
   * Tells.
   *
   * @param what the work, as in "embedding"; another word starts another count
   * @param done at most {@code of}, which it reaches
   */
  void at(String what, long done, long of);
}
