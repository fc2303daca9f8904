package dev.freshet.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped release on the two sets that designs may look at, HWU64 and the USDA foods. On HWU64
 * its figures are not held out: its four constants were chosen there. Writes documents and reports
 * to {@code target/evaluation}; skipped where the sets are not beside the repository.
 */
@Tag("slow")
class DevelopmentSetsTest {
  private static final Path OUT = Path.of("target", "evaluation");
  private static final Path EMBEDDINGS = Path.of("target", "embeddings");
  private static final long SEED = 303;

  private static final TextEncoder ENCODER = MiniLmEncoder.create();

  private final DevelopmentCorpora corpora = new DevelopmentCorpora();

  @BeforeAll
  static void requireSets() {
    assumeTrue(
        new DevelopmentCorpora().areThere(), "The development data is not beside the repository.");
  }

  @AfterAll
  static void close() {
    ENCODER.close();
  }

  @Test
  void fiveWaysOfHwu64() throws IOException {
    check(judge("hwu64-5", corpora.hwu64(), episodes(Ways.of(5)), 200));
  }

  @Test
  void allOfHwu64() throws IOException {
    check(judge("hwu64-all", corpora.hwu64(), episodes(Ways.ALL), 5));
  }

  @Test
  void streamsOfHwu64() throws IOException {
    check(judge("hwu64-stream", corpora.hwu64(), Protocol.Stream.OF_THE_DEMO, 40));
  }

  @Test
  void allOfTheUsdaFoods() throws IOException {
    check(judge("usda-all", corpora.usda(), episodes(Ways.ALL), 5));
  }

  @Test
  void streamsOfTheUsdaFoods() throws IOException {
    check(judge("usda-stream", corpora.usda(), Protocol.Stream.OF_THE_DEMO, 40));
  }

  private static Protocol episodes(Ways ways) {
    return new Protocol.Episodes(List.of(ways), List.of(0, 1, 5, 10));
  }

  private static EvaluationResults judge(
      String name, Corpus corpus, Protocol protocol, int episodes) throws IOException {
    EvaluationSettings settings =
        EvaluationSettings.of(
                ShippedRelease.CATEGORIES.assemble(), corpus, protocol, episodes, SEED)
            .withTraining(List.of(WordNetCorpus.loadSplit().train()))
            .withEmbeddings(EMBEDDINGS);
    EvaluationResults results = Evaluation.run(settings, ENCODER, Progress.SILENT);
    EvaluationReport.write(results, OUT.resolve(name));
    Files.writeString(OUT.resolve(name).resolve("evaluation.json"), results.toJson());
    return results;
  }

  /** Whatever the figures: examples must help, and the yardsticks must be in the table. */
  private static void check(EvaluationResults results) {
    List<Result> rows = results.results();
    Result last = rows.get(rows.size() - 4);
    assertThat(last.learner()).isEqualTo(Entrant.DEFAULT);
    assertThat(last.accuracy()).isGreaterThan(rows.get(rows.size() - 3).accuracy() + 0.02);
    assertThat(rows.stream().map(Result::learner).distinct()).hasSize(4);
  }
}
