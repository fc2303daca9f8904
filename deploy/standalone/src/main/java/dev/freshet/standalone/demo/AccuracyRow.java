package dev.freshet.standalone.demo;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.ScoreRecord;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Accuracy at one number of shots, 0 to 1.
 *
 * @param shots examples of the true label when the query was asked
 * @param queries judged
 * @param adapted of the release, adapted to the examples
 * @param prototype of the nearest mean, with the same names and examples
 * @param unadapted of the release with the names and no example
 */
public record AccuracyRow(
    int shots, long queries, double adapted, double prototype, double unadapted) {

  /** A row for each number of shots that occurs, fewest first. */
  public static List<AccuracyRow> of(Collection<ScoreRecord> scores) {
    TreeSet<Integer> shots = new TreeSet<>();
    scores.forEach(score -> shots.add(score.shots()));
    return shots.stream().map(s -> row(s, scores)).toList();
  }

  private static AccuracyRow row(int shots, Collection<ScoreRecord> scores) {
    List<ScoreRecord> same = scores.stream().filter(score -> score.shots() == shots).toList();
    return new AccuracyRow(
        shots,
        queries(same, DemoSettings.ADAPTED),
        accuracy(same, DemoSettings.ADAPTED),
        accuracy(same, Prediction.PROTOTYPE),
        accuracy(same, Prediction.UNADAPTED));
  }

  private static long queries(List<ScoreRecord> scores, String head) {
    return scores.stream()
        .filter(score -> score.head().equals(head))
        .mapToLong(ScoreRecord::queries)
        .sum();
  }

  /** Over all releases of a head; 0 where nothing was judged. */
  private static double accuracy(List<ScoreRecord> scores, String head) {
    long correct =
        scores.stream()
            .filter(score -> score.head().equals(head))
            .mapToLong(ScoreRecord::correct)
            .sum();
    return (double) correct / Math.max(1, queries(scores, head));
  }
}
