package dev.freshet.trainer.evaluation;

import java.util.List;

/** Somebody who is judged. Closing it gives back what it holds. */
interface Contestant extends AutoCloseable {
  /** In the table. */
  String name();

  /** What it makes of each trial, as one batch. */
  Answers answer(List<Trial> trials);

  /** What a reader of the table should know about its answers, in sentences. */
  default List<String> notices() {
    return List.of();
  }

  @Override
  default void close() {}
}
