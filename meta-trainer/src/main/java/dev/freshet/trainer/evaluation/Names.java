package dev.freshet.trainer.evaluation;

import java.util.List;
import java.util.Set;

/** Whether label names are part of the support. */
public enum Names {
  /** Each name, with its description, is a pseudo-example. */
  GIVEN,
  /** Examples alone; who is un-adapted has the names all the same, having nothing else. */
  HIDDEN;

  static List<Names> inOrder(Set<Names> some) {
    return some.stream().sorted().toList();
  }
}
