package dev.freshet.schemas;

import java.util.Optional;

/**
 * The running score of one (lineage, release, head, learner, shots): the value of {@link
 * Topics#SCORES}. Prequential: each query is judged by the answer that was given before its truth
 * was known.
 *
 * @param shots examples of the true label in force when the query was asked; of a number, all
 *     examples of the task
 * @param queries judged so far
 * @param correct of them, how many ranked the truth first
 * @param logLossSum of -ln(score of the truth), the score clamped to at least 1e-6; natural logs
 * @param errors of a head that answers with numbers: such a query is never correct and has no log
 *     loss
 */
public record ScoreRecord(
    String lineage,
    String release,
    String learner,
    String head,
    int shots,
    long queries,
    long correct,
    double logLossSum,
    Optional<NumberErrors> errors) {

  public ScoreRecord {
    TaskKey.requireLineage(lineage);
    Require.that(
        shots >= 0 && correct >= 0 && correct <= queries,
        "score counts are impossible: shots %d, correct %d of %d",
        shots,
        correct,
        queries);
  }

  /** Of a head that answers with labels. */
  public ScoreRecord(
      String lineage,
      String release,
      String learner,
      String head,
      int shots,
      long queries,
      long correct,
      double logLossSum) {
    this(lineage, release, learner, head, shots, queries, correct, logLossSum, Optional.empty());
  }

  /**
   * How far numbers were off.
   *
   * @param absoluteSum of |answer − truth|
   * @param squaredSum of (answer − truth)²
   */
  public record NumberErrors(double absoluteSum, double squaredSum) {
    public NumberErrors {
      Require.that(
          absoluteSum >= 0 && squaredSum >= 0,
          "errors have the sums %s and %s, expected 0 or more",
          absoluteSum,
          squaredSum);
    }

    /** Both together. */
    public NumberErrors plus(NumberErrors other) {
      return new NumberErrors(absoluteSum + other.absoluteSum, squaredSum + other.squaredSum);
    }
  }

  /** Accuracy, 0 to 1; NaN before the first query. */
  public double accuracy() {
    return queries == 0 ? Double.NaN : (double) correct / queries;
  }

  /** The Kafka key of this score. */
  public String key() {
    return String.join("/", lineage, release, head, learner, Integer.toString(shots));
  }
}
