package dev.freshet.adaptation.exploration;

/**
 * Each candidate as often as it may be the best (Thompson 1933; Chapelle and Li: An Empirical
 * Evaluation of Thompson Sampling, 2011; Agrawal and Goyal: Thompson Sampling for Contextual
 * Bandits with Linear Payoffs, 2013).
 *
 * <p>With a continuous draw the propensity of what was chosen is an integral, and an estimate of it
 * in the denominator of an off-policy estimate is a bias. So the draws are a panel, the same for
 * every query: each of its rows makes one draw of all scores and has one best candidate, and one
 * row in {@code draws} is chosen. The propensity is then the share of the rows that the candidate
 * wins: exact, 1 / draws at least. Against the continuous policy a probability p is off by about
 * √(p (1 − p) / draws), .016 at most with 1,024, and what is the best less often than in one draw
 * of the panel is not explored. Of equals in a draw the first wins.
 *
 * <p>A call costs draws × candidates × dimensions multiplications; the panel takes 8 × draws ×
 * dimensions bytes. May be used by several threads.
 */
public final class ThompsonPolicy implements ChoicePolicy {
  /** Draws that a policy has where nothing else was said. */
  public static final int DRAWS = 1024;

  private static final int DRAWS_MAX = 1 << 16;
  private static final int DIMENSIONS_MAX = 4096;

  private final int draws;
  private final int dimensionsMax;
  private final NormalPanel panel;

  /**
   * A policy for beliefs of limited size.
   *
   * @param draws rows of the panel; 1 to 65,536
   * @param dimensionsMax of the beliefs: candidates if they are independent, unknowns of the taste
   *     if not; 1 to 4,096
   */
  public ThompsonPolicy(int draws, int dimensionsMax) {
    if (draws < 1 || draws > DRAWS_MAX || dimensionsMax < 1 || dimensionsMax > DIMENSIONS_MAX) {
      throw new IllegalArgumentException(
          "A Thompson policy has %d draws of up to %d dimensions, expected 1 to %d draws and 1 to %d dimensions."
              .formatted(draws, dimensionsMax, DRAWS_MAX, DIMENSIONS_MAX));
    }
    this.draws = draws;
    this.dimensionsMax = dimensionsMax;
    this.panel = new NormalPanel(draws, dimensionsMax);
  }

  @Override
  public String name() {
    return "thompson";
  }

  @Override
  public double[] propensities(Beliefs beliefs) {
    if (beliefs.dimensions() > dimensionsMax) {
      throw new IllegalArgumentException(
          "Beliefs have %d dimensions, expected %d at most. Make the policy with more dimensions, or ask for fewer candidates."
              .formatted(beliefs.dimensions(), dimensionsMax));
    }
    int[] wins = new int[beliefs.candidates()];
    double[] scores = new double[wins.length];
    for (int draw = 0; draw < draws; draw++) {
      beliefs.draw(panel.row(draw), scores);
      wins[best(scores)]++;
    }
    double[] propensities = new double[wins.length];
    for (int i = 0; i < wins.length; i++) {
      propensities[i] = (double) wins[i] / draws;
    }
    return propensities;
  }

  private static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
