package dev.freshet.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.toy.ToyCorpus;
import dev.freshet.trainer.toy.ToyEncoder;
import dev.freshet.trainer.toy.ToyRelease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Protocol EPISODES =
      new Protocol.Episodes(List.of(Ways.of(5), Ways.ALL), List.of(0, 1, 5));
  private static final List<String> LEARNERS =
      List.of("default", "unadapted", "prototype", "logistic-regression");

  private final Corpus corpus = ToyCorpus.of(12, 30);

  /** The harness's own test: whoever knows nothing is right one time in as many as there are. */
  @Test
  void aRandomLearnerScoresChance() {
    Seat seat = new Seat(new RandomContestant(), Seat.Kind.YARDSTICK, Names.GIVEN);
    EvaluationSettings settings = settings(EPISODES, 120);
    try (EmbeddingStore store = EmbeddingStore.inMemory(ToyEncoder.create())) {
      for (Result row : Evaluation.judge(settings, store, List.of(seat)).results()) {
        double chance = 1.0 / row.labels();
        assertThat(row.accuracy()).isCloseTo(chance, within(0.012));
        assertThat(Math.abs(row.accuracy() - chance)).isLessThan(2 * row.ci95().orElseThrow());
      }
    }
  }

  @Test
  void aRandomLearnerScoresChanceOnAStreamWhereLabelsAreStillFew() {
    Seat seat = new Seat(new RandomContestant(), Seat.Kind.YARDSTICK, Names.GIVEN);
    EvaluationSettings settings = settings(Protocol.Stream.OF_THE_DEMO, 40);
    try (EmbeddingStore store = EmbeddingStore.inMemory(ToyEncoder.create())) {
      List<Result> rows = Evaluation.judge(settings, store, List.of(seat)).results();
      Result overall = rows.get(rows.size() - 1);
      // Five, four, three, two labels and one, for five examples each; five for the other thirty.
      double chance = (25.0 / 5 + 5 * (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0)) / 50;
      assertThat(overall.shots()).isEqualTo(Shots.OVERALL);
      assertThat(overall.accuracy()).isCloseTo(chance, within(0.02));
    }
  }

  @Test
  void everyLearnerHasARowForAllWaysAndShots() {
    EvaluationResults results = run(settings(EPISODES, 6));
    assertThat(results.results()).hasSize(LEARNERS.size() * 2 * 3);
    for (Ways ways : List.of(Ways.of(5), Ways.ALL)) {
      for (int shots : List.of(0, 1, 5)) {
        assertThat(rows(results, row -> is(row, ways, shots)))
            .extracting(Result::learner)
            .containsExactlyElementsOf(LEARNERS);
      }
    }
    assertThat(results.results()).allMatch(row -> row.episodes() == 6 && row.names());
    assertThat(rows(results, row -> row.ways().equals(Ways.ALL)))
        .allMatch(row -> row.labels() == 12);
  }

  @Test
  void examplesHelpWhoeverLooksAtThem() {
    EvaluationResults results = run(settings(EPISODES, 30));
    double before = row(results, "default", Ways.of(5), 0).accuracy();
    assertThat(before).isBetween(0.3, 0.95);
    for (String learner : List.of("default", "prototype", "logistic-regression")) {
      assertThat(row(results, learner, Ways.of(5), 5).accuracy()).isGreaterThan(before + 0.03);
    }
    assertThat(row(results, "unadapted", Ways.of(5), 0).accuracy()).isEqualTo(before);
    assertThat(row(results, "unadapted", Ways.of(5), 5).accuracy()).isLessThan(before + 0.05);
  }

  @Test
  void pairedDifferencesAreThoseOfTheRows() {
    EvaluationResults results = run(settings(EPISODES, 8));
    assertThat(results.paired()).hasSize(3 * 2 * 3);
    for (PairedDifference pair : results.paired()) {
      assertThat(pair.learner()).isEqualTo("default");
      int shots = pair.shots().count().orElseThrow();
      double lead =
          row(results, "default", pair.ways(), shots).accuracy()
              - row(results, pair.against(), pair.ways(), shots).accuracy();
      assertThat(pair.difference()).isCloseTo(lead, within(1e-12));
    }
  }

  @Test
  void hiddenNamesAreNoExamplesButTheUnadaptedKeepsThem() {
    EvaluationResults results =
        run(settings(EPISODES, 6).withNames(Set.of(Names.GIVEN, Names.HIDDEN)));
    assertThat(rows(results, row -> !row.names() && row.shots().equals(Shots.of(0)))).isEmpty();
    assertThat(rows(results, row -> !row.names() && is(row, Ways.of(5), 1)))
        .extracting(Result::learner)
        .containsExactly("default", "prototype", "logistic-regression");
    assertThat(rows(results, row -> row.learner().equals("unadapted")))
        .hasSize(6)
        .allMatch(Result::names);
    assertThat(results.paired())
        .filteredOn(pair -> !pair.names())
        .extracting(PairedDifference::against)
        .contains("unadapted", "prototype", "logistic-regression");
  }

  @Test
  void aStreamIsCountedByShotsAndOverall() {
    EvaluationResults results = run(settings(Protocol.Stream.OF_THE_DEMO, 6));
    for (String learner : LEARNERS) {
      List<Result> rows = rows(results, row -> row.learner().equals(learner));
      Result overall = rows.get(rows.size() - 1);
      List<Result> byShots = rows.subList(0, rows.size() - 1);
      assertThat(overall.shots()).isEqualTo(Shots.OVERALL);
      assertThat(overall.episodes()).isEqualTo(6);
      assertThat(byShots.stream().mapToLong(Result::queries).sum()).isEqualTo(overall.queries());
      double right = byShots.stream().mapToDouble(row -> row.accuracy() * row.queries()).sum();
      assertThat(right / overall.queries()).isCloseTo(overall.accuracy(), within(1e-9));
      // Fifty examples a task, and those that fill the gaps of retractions; four questions each.
      assertThat(overall.queries()).isBetween(6 * 200L, 6 * 230L);
    }
  }

  @Test
  void aStreamWithoutNamesIsJudgedToo() {
    EvaluationResults results =
        run(settings(Protocol.Stream.OF_THE_DEMO, 4).withNames(Set.of(Names.HIDDEN)));
    assertThat(rows(results, row -> row.shots().equals(Shots.OVERALL)))
        .extracting(Result::learner, Result::names)
        .containsExactly(
            tuple("default", false),
            tuple("unadapted", true),
            tuple("prototype", false),
            tuple("logistic-regression", false));
  }

  @Test
  void theSameSettingsGiveTheSameFigures() {
    List<Double> first = figures(run(settings(EPISODES, 5)));
    assertThat(figures(run(settings(EPISODES, 5)))).isEqualTo(first);
  }

  @Test
  void theDocumentHasTheFieldsPromised() throws IOException {
    JsonNode document = new ObjectMapper().readTree(run(settings(EPISODES, 4)).toJson());
    JsonNode first = document.get("results").get(0);
    assertThat(first.get("learner").asText()).isEqualTo("default");
    assertThat(first.get("ways").isInt()).isTrue();
    assertThat(first.get("shots").asInt()).isZero();
    assertThat(first.get("names").asBoolean()).isTrue();
    assertThat(first.get("episodes").asInt()).isEqualTo(4);
    for (String number : List.of("accuracy", "ci95", "ece", "adaptMicros", "logLoss")) {
      assertThat(first.get(number).isNumber()).as(number).isTrue();
    }
    assertThat(document.get("results").findValuesAsText("ways")).contains("5", "all");
    assertThat(document.get("paired").get(0).get("against").asText()).isEqualTo("unadapted");
    assertThat(document.get("releases").get(0).get("digest").asText()).hasSize(64);
  }

  @Test
  void whatWasTrainedOnIsNotJudgedOn() {
    for (Protocol protocol : List.of(EPISODES, Protocol.Stream.OF_THE_DEMO)) {
      EvaluationSettings planted =
          settings(protocol, 2).withTraining(List.of(ToyCorpus.of("seen", "k", 1, 3)));
      assertThatThrownBy(() -> run(planted))
          .isInstanceOf(LeakException.class)
          .hasMessageContaining("Category 'k0'");
      EvaluationSettings apart =
          settings(protocol, 2).withTraining(List.of(ToyCorpus.of("seen", "other", 4, 3)));
      assertThat(run(apart).results()).isNotEmpty();
    }
  }

  @Test
  void aReleaseIsJudgedWithItsOwnEncoder() {
    assertThatThrownBy(
            () ->
                Evaluation.run(
                    settings(EPISODES, 2), new ToyEncoder("another", 0.5), Progress.SILENT))
        .hasMessageContaining("made for the encoder 'toy' with 16 features")
        .hasMessageContaining("encoded by 'another'");
  }

  @Test
  void severalReleasesAreComparedWithOneAnotherOnce() {
    EvaluationSettings two =
        settings(new Protocol.Episodes(List.of(Ways.of(5)), List.of(1)), 3)
            .withEntrants(
                List.of(
                    new Entrant("default", ToyRelease.create()),
                    new Entrant("twin", ToyRelease.create())));
    assertThat(run(two).paired())
        .filteredOn(pair -> pair.learner().equals("default") && pair.against().equals("twin"))
        .singleElement()
        .satisfies(pair -> assertThat(pair.difference()).isZero());
    assertThat(run(two).paired()).noneMatch(pair -> pair.against().equals("default"));
    assertThatThrownBy(() -> new Entrant("prototype", ToyRelease.create()))
        .hasMessageContaining("no yardstick has");
  }

  @Test
  void progressIsToldToTheEnd() {
    List<String> told = new ArrayList<>();
    Evaluation.run(
        settings(EPISODES, 3),
        ToyEncoder.create(),
        (what, done, of) -> told.add(what + " " + done + "/" + of));
    assertThat(told).contains("judging 18/18").endsWith("judging 18/18");
    assertThat(told.get(0)).startsWith("embedding");
  }

  private EvaluationSettings settings(Protocol protocol, int episodes) {
    return EvaluationSettings.of(ToyRelease.create(), corpus, protocol, episodes, 9);
  }

  private static EvaluationResults run(EvaluationSettings settings) {
    return Evaluation.run(settings, ToyEncoder.create(), Progress.SILENT);
  }

  private static List<Double> figures(EvaluationResults results) {
    return results.results().stream()
        .map(row -> row.accuracy() + row.ece() + row.logLoss())
        .toList();
  }

  private static boolean is(Result row, Ways ways, int shots) {
    return row.ways().equals(ways) && row.shots().equals(Shots.of(shots));
  }

  private static List<Result> rows(EvaluationResults results, Predicate<Result> which) {
    return results.results().stream().filter(which).toList();
  }

  private static Result row(EvaluationResults results, String learner, Ways ways, int shots) {
    List<Result> found =
        rows(results, row -> row.learner().equals(learner) && is(row, ways, shots));
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
