package dev.freshet.adaptation.exploration;

import java.util.Arrays;

/** Each candidate has a mean and a standard deviation of its own. */
public final class IndependentBeliefs implements Beliefs {
  private final double[] means;
  private final double[] deviations;
  private final boolean certain;

  private IndependentBeliefs(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
    this.certain = Arrays.stream(deviations).allMatch(deviation -> deviation == 0);
  }

  /**
   * Beliefs from a mean and a deviation each.
   *
   * @param means finite, one a candidate, one candidate at least
   * @param deviations finite, 0 or more, one a candidate
   */
  public static IndependentBeliefs of(double[] means, double[] deviations) {
    if (means.length == 0 || means.length != deviations.length) {
      throw new IllegalArgumentException(
          "Beliefs have %d means and %d deviations, expected as many of both, one at least."
              .formatted(means.length, deviations.length));
    }
    for (int i = 0; i < means.length; i++) {
      if (!Double.isFinite(means[i]) || !Double.isFinite(deviations[i]) || deviations[i] < 0) {
        throw new IllegalArgumentException(
            "Candidate %d has mean %s and deviation %s, expected finite numbers and a deviation of 0 or more."
                .formatted(i, means[i], deviations[i]));
      }
    }
    return new IndependentBeliefs(means.clone(), deviations.clone());
  }

  /** Scores without any doubt, for a policy that looks at nothing else. */
  public static IndependentBeliefs certain(double... scores) {
    return of(scores, new double[scores.length]);
  }

  @Override
  public int candidates() {
    return means.length;
  }

  @Override
  public double mean(int candidate) {
    return means[candidate];
  }

  @Override
  public int dimensions() {
    return certain ? 0 : means.length;
  }

  @Override
  public void draw(double[] normals, double[] scores) {
    for (int i = 0; i < means.length; i++) {
      scores[i] = certain ? means[i] : means[i] + deviations[i] * normals[i];
    }
  }

  @Override
  public String toString() {
    return "means " + Arrays.toString(means) + ", deviations " + Arrays.toString(deviations);
  }
}
