package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.RatingSimulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of ratings to a release, and from the release to a table. */
class ReaderCommandsTest {
  @TempDir private Path directory = Path.of("");

  private Path segments() throws IOException {
    return Files.write(
        directory.resolve("segments.dat"),
        new RatingSimulation(300, 120, 16, 5)
            .segments().byUser().entrySet().stream()
                .map(entry -> entry.getKey() + "::" + entry.getValue())
                .toList());
  }

  private Path ratings() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Rating rating : new RatingSimulation(300, 120, 16, 5).ratings().ratings()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s::%s::%s::%d",
              rating.user(),
              rating.item(),
              rating.value(),
              rating.seconds()));
    }
    lines.add("this is no rating");
    return Files.write(directory.resolve("ratings.dat"), lines);
  }

  @Test
  void trainsAReleaseAndJudgesItOnUsersItHasNeverSeen() throws IOException {
    String ratings = ratings().toString();
    String release = directory.resolve("readers-1").toString();
    RecordedConsole training = new RecordedConsole();

    int trained =
        training.run(
            "train",
            "--lineage=readers",
            "--ratings=" + ratings,
            "--cut-time=60%",
            "--steps=20",
            "--json",
            "--out=" + release);

    assertThat(trained).as(training.err()).isZero();
    assertThat(training.document().get("learner").asText()).isEqualTo("set-encoder");
    assertThat(training.err()).contains("left out: 1 lines");

    RecordedConsole judging = new RecordedConsole();
    int judged =
        judging.run(
            "evaluate",
            "--release=" + release,
            "--ratings=" + ratings,
            "--cut-time=60%",
            "--events=0,5",
            "--relevant-from=4",
            "--user-ratings-min=8",
            "--user-segments=" + segments(),
            "--json");

    assertThat(judged).as(judging.err()).isZero();
    Set<String> learners = new HashSet<>();
    for (JsonNode row : judging.document().get("results")) {
      learners.add(row.get("learner").asText());
    }
    assertThat(learners)
        .containsExactlyInAnyOrder(
            "default",
            "default+segment",
            "offset-shrinkage",
            "popularity",
            "recent-popularity",
            "item-knn",
            "ials");
    assertThat(judging.document().get("segments").asInt()).isEqualTo(5);
    assertThat(judging.document().get("unusableLines").asInt()).isEqualTo(1);
  }
}
