package dev.freshet.standalone.demo;

import dev.freshet.schemas.ScoreRecord;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waits until the scoreboard has counted all that there is to count. It may take as long as it
 * likes while its scores change; what has stood still and is wrong will stay so.
 */
final class ScoreboardWait {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int DIFFERENCES_SHOWN = 5;

  private final Supplier<Optional<List<ScoreRecord>>> scoreboard;
  private final Function<List<ScoreRecord>, List<String>> differences;
  private final Duration silenceMax;

  /**
   * Compares scores with a recount.
   *
   * @param scoreboard its scores; none while it cannot tell them
   * @param differences between its scores and the recount's; none where they agree
   * @param silenceMax how long scores that do not agree may stay the same
   */
  ScoreboardWait(
      Supplier<Optional<List<ScoreRecord>>> scoreboard,
      Function<List<ScoreRecord>, List<String>> differences,
      Duration silenceMax) {
    this.scoreboard = scoreboard;
    this.differences = differences;
    this.silenceMax = silenceMax;
  }

  /**
   * The scores that agree.
   *
   * @throws CommandFailure if there are none
   */
  List<ScoreRecord> agreed() {
    Optional<List<ScoreRecord>> scores = scoreboard.get();
    long lastChange = System.nanoTime();
    while (scores.map(differences).filter(List::isEmpty).isEmpty()) {
      if (System.nanoTime() - lastChange > silenceMax.toNanos()) {
        throw disagreement(scores);
      }
      Patience.pause(BETWEEN_LOOKS);
      Optional<List<ScoreRecord>> now = scoreboard.get();
      if (!now.equals(scores)) {
        lastChange = System.nanoTime();
      }
      scores = now;
    }
    return scores.orElseThrow();
  }

  private CommandFailure disagreement(Optional<List<ScoreRecord>> scores) {
    List<String> found =
        scores.map(differences).orElse(List.of("the scoreboard cannot tell its scores"));
    return new CommandFailure(
        Exit.FAILED,
        String.format(
            "The scoreboard and the topics disagree in %d scores, which have not changed for %d s:%n"
                + "  %s",
            found.size(),
            silenceMax.toSeconds(),
            String.join("\n  ", found.subList(0, Math.min(DIFFERENCES_SHOWN, found.size())))));
  }
}
