package dev.freshet.trainer.readers;

/** Told how far training is. */
public interface Progress {
  /** Nobody watches. */
  Progress SILENT = (what, done, of) -> {};

  /** A step of some work was done. */
  void at(String what, long done, long of);
}
