package dev.freshet.trainer.taskstream;

/**
 * How the world tells what was true. The shares are of all queries; the rest is told at once.
 *
 * @param lateShare told after one to {@code lateByExamplesMax} more examples of the task, or at its
 *     end
 * @param missingShare never told
 * @param doubledShare of those told, told twice
 */
public record OutcomeHabits(
    double lateShare, double missingShare, double doubledShare, int lateByExamplesMax) {
  /** One in ten late, one in fifty lost, one in fifty doubled. */
  public static final OutcomeHabits DEFAULT = new OutcomeHabits(0.10, 0.02, 0.02, 8);

  /** Everything is told once and at once. */
  public static final OutcomeHabits PROMPT = new OutcomeHabits(0, 0, 0, 1);

  public OutcomeHabits {
    StreamSettings.requireShare("lateShare", lateShare);
    StreamSettings.requireShare("missingShare", missingShare);
    StreamSettings.requireShare("doubledShare", doubledShare);
    StreamSettings.requireShare("lateShare + missingShare", lateShare + missingShare);
    StreamSettings.requireBetween("lateByExamplesMax", lateByExamplesMax, 1, 1_000);
  }
}
