package dev.freshet.schemas;

/**
 * The running score of one (lineage, release, head, learner, shots): the value of {@link
 * Topics#SCORES}. Prequential: each query is judged by the answer that was given before its truth
 * was known.
 *
 * @param shots examples of the true label in force when the query was asked
 * @param queries judged so far
 * @param correct of them, how many ranked the truth first
 * @param logLossSum of -ln(score of the truth), the score clamped to at least 1e-6; natural logs
 */
public record ScoreRecord(
    String lineage,
    String release,
    String learner,
    String head,
    int shots,
    long queries,
    long correct,
    double logLossSum) {

  public ScoreRecord {
    TaskKey.requireLineage(lineage);
    Require.that(
        shots >= 0 && correct >= 0 && correct <= queries,
        "score counts are impossible: shots %d, correct %d of %d",
        shots,
        correct,
        queries);
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
