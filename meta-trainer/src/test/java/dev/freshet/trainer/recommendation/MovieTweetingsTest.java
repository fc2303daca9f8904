package dev.freshet.trainer.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.ratings.CutTime;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.RatingLog;
import dev.freshet.trainer.ratings.RatingsFile;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.readers.Progress;
import dev.freshet.trainer.readers.ReaderSettings;
import dev.freshet.trainer.readers.ReaderTraining;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real ratings, where they are at hand: a minute of training. */
@Tag("slow")
class MovieTweetingsTest {
  private static Path folder() {
    String root = System.getProperty("freshet.root", "..");
    return Path.of(root).resolve("../shared/data/rec_movietweetings100k").normalize();
  }

  @Test
  void fiveRatingsOfANewUserAreWorthMoreThanAShrunkenOffset() {
    assumeTrue(Files.isDirectory(folder()), "no development data");
    RatingLog log = RatingsFile.of(folder().resolve("ratings.dat.gz")).read();
    ItemAttributes items =
        ItemAttributes.read(
            folder().resolve("movies.dat.gz"), StandardCharsets.UTF_8, Optional.empty());
    TimeSplit split = TimeSplit.of(log, CutTime.parse("60%"));
    Release release =
        new ReaderTraining(ReaderSettings.DEFAULT, Progress.SILENT)
            .train(log.name(), split, items)
            .assemble("readers", "test-1");

    ReaderResults results =
        ReaderEvaluation.run(
            new ReaderEvaluationSettings(
                release, log, split, items, List.of(0, 5), 8, 10, true, 1));

    ReaderResults.Paired paired =
        results.paired().stream()
            .filter(pair -> pair.learner().equals("default") && pair.events() == 5)
            .filter(pair -> pair.against().equals("offset-shrinkage"))
            .filter(pair -> pair.metric() == Metric.MAE)
            .findFirst()
            .orElseThrow();
    assertThat(paired.difference().users()).isEqualTo(167);
    assertThat(paired.difference().value()).isNegative();
    assertThat(paired.beyondNoise()).isTrue();
  }
}
