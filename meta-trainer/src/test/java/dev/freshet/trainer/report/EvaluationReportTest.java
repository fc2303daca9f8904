package dev.freshet.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.evaluation.Evaluation;
import dev.freshet.trainer.evaluation.EvaluationResults;
import dev.freshet.trainer.evaluation.EvaluationSettings;
import dev.freshet.trainer.evaluation.Names;
import dev.freshet.trainer.evaluation.Protocol;
import dev.freshet.trainer.toy.ToyCorpus;
import dev.freshet.trainer.toy.ToyEncoder;
import dev.freshet.trainer.toy.ToyRelease;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
  @TempDir private Path directory;

  @Test
  void everySectionHasItsTableItsPairsAndItsPlots() throws IOException {
    Protocol episodes = new Protocol.Episodes(List.of(Ways.of(5), Ways.ALL), List.of(1, 5));
    String page = page(run(episodes, Set.of(Names.GIVEN, Names.HIDDEN)));
    assertThat(page)
        .contains("# Evaluation on toy", "## 5 ways, names given", "## All 12 labels, names hidden")
        .contains("| 5 | default | ", "| 5 | logistic-regression | ", "| default | prototype | ")
        .contains("C = 10.0");
    for (String section : List.of("5-names", "5-no-names", "all-names", "all-no-names")) {
      for (String plot : List.of("accuracy-", "reliability-")) {
        String file = plot + section + ".png";
        assertThat(page).contains("(" + file + ")");
        assertDrawn(directory.resolve(file));
      }
    }
  }

  @Test
  void aStreamIsOneSectionWithItsOverallRow() throws IOException {
    String page = page(run(Protocol.Stream.OF_THE_DEMO, Set.of(Names.HIDDEN)));
    assertThat(page)
        .contains("Streams of 4 tasks with 5 labels")
        .contains("## 5 ways, names hidden", "| overall | unadapted | ")
        .doesNotContain("names given");
  }

  @Test
  void figuresAreWrittenAlikeInEveryCountry() throws IOException {
    Locale here = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String page = page(run(Protocol.Stream.OF_THE_DEMO, Set.of(Names.GIVEN)));
      assertThat(page).doesNotContainPattern("\\d,\\d").containsPattern("\\d\\.\\d ± \\d+\\.\\d");
    } finally {
      Locale.setDefault(here);
    }
  }

  private static void assertDrawn(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    long colours = Arrays.stream(image.getRGB(0, 0, 900, 560, null, 0, 900)).distinct().count();
    assertThat(colours).isGreaterThan(10);
  }

  private String page(EvaluationResults results) throws IOException {
    Path page = EvaluationReport.write(results, directory);
    assertThat(page.getFileName()).hasToString("evaluation.md");
    return Files.readString(page);
  }

  private static EvaluationResults run(Protocol protocol, Set<Names> names) {
    EvaluationSettings settings =
        EvaluationSettings.of(ToyRelease.create(), ToyCorpus.of(12, 30), protocol, 4, 9)
            .withNames(names);
    return Evaluation.run(settings, ToyEncoder.create(), Progress.SILENT);
  }
}
