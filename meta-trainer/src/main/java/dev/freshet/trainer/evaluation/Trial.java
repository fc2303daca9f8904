package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.runtime.SupportVector;
import java.util.List;

/**
 * Questions to who has seen a support and nothing else.
 *
 * @param unit the episode, or the task of a stream: what is independent of the other units
 */
record Trial(int unit, Support support, List<Question> questions) {

  /**
   * A question with its answer.
   *
   * @param truth the true way
   * @param shots examples of the true way in the support
   */
  record Question(SupportVector vector, int truth, int shots) {}

  Trial {
    questions = List.copyOf(questions);
  }

  Trial withoutNames() {
    return new Trial(unit, support.withoutNames(), questions);
  }
}
