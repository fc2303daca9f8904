package dev.freshet.trainer.taskstream;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Target.LabelTarget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Outcomes on their way: each is told after so many turns, some twice, some never. */
final class OutcomeMail {
  private final StreamSettings settings;
  private final String task;
  private final Random random;
  private final List<Letter> underWay = new ArrayList<>();
  private int turn;

  private record Letter(OutcomeObserved outcome, int dueAtTurn) {}

  OutcomeMail(StreamSettings settings, String task, Random random) {
    this.settings = settings;
    this.task = task;
    this.random = random;
  }

  void post(String query, String truth) {
    OutcomeHabits habits = settings.outcomes();
    double fate = random.nextDouble();
    if (fate < habits.missingShare()) {
      return;
    }
    boolean late = fate < habits.missingShare() + habits.lateShare();
    int delay = late ? 1 + random.nextInt(habits.lateByExamplesMax()) : 0;
    int copies = random.nextDouble() < habits.doubledShare() ? 2 : 1;
    OutcomeObserved outcome =
        new OutcomeObserved(settings.lineage(), task, query, new LabelTarget(truth));
    for (int copy = 0; copy < copies; copy++) {
      underWay.add(new Letter(outcome, turn + delay));
    }
  }

  /** Ends the turn. */
  void deliverDue(List<Step> steps) {
    Iterator<Letter> letters = underWay.iterator();
    while (letters.hasNext()) {
      Letter letter = letters.next();
      if (letter.dueAtTurn() <= turn) {
        steps.add(Step.of(letter.outcome()));
        letters.remove();
      }
    }
    turn++;
  }

  void deliverAll(List<Step> steps) {
    underWay.forEach(letter -> steps.add(Step.of(letter.outcome())));
    underWay.clear();
  }
}
