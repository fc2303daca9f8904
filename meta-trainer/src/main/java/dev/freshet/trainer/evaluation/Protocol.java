package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.episode.Ways;
import java.util.List;

/** How tasks are made of a corpus. */
public sealed interface Protocol {

  /**
   * C of logistic regression that was best on tasks of this kind, made of WordNet's training side;
   * see RATIONALE.md.
   */
  double logisticConstant();

  /**
   * Episodes: every label has the same number of examples.
   *
   * @param ways each gives rows of its own
   * @param shots each gives rows of its own; 0 is the label names alone
   */
  record Episodes(List<Ways> ways, List<Integer> shots) implements Protocol {
    @Override
    public double logisticConstant() {
      return 10;
    }

    public Episodes {
      ways = List.copyOf(ways);
      shots = List.copyOf(shots);
      if (ways.isEmpty() || shots.isEmpty()) {
        throw new IllegalArgumentException("Give at least one number of ways and one of shots.");
      }
      for (int number : shots) {
        if (number < 0 || number > 1_000) {
          throw new IllegalArgumentException("shots is " + number + ", expected 0 to 1000.");
        }
      }
    }
  }

  /**
   * The demo's streams, judged as they happen: labels appear one after another, counts are uneven,
   * a few examples are retracted. Shots are examples of the true label in force.
   *
   * @param shotsMax examples of a label at the end of its task
   */
  record Stream(int ways, int shotsMax) implements Protocol {
    /** What the demo shows: five labels with ten examples each. */
    public static final Stream OF_THE_DEMO = new Stream(5, 10);

    @Override
    public double logisticConstant() {
      return 1_000_000;
    }
  }
}
