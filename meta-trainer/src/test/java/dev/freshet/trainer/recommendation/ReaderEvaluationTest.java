package dev.freshet.trainer.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.ratings.CutTime;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.RatingLog;
import dev.freshet.trainer.ratings.RatingSimulation;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;
import dev.freshet.trainer.readers.Progress;
import dev.freshet.trainer.readers.ReaderModel;
import dev.freshet.trainer.readers.ReaderSettings;
import dev.freshet.trainer.readers.ReaderTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From ratings to a release to a table, on a small simulation. */
class ReaderEvaluationTest {
  private static final RatingSimulation SIMULATION = new RatingSimulation(400, 160, 20, 3);
  private static final RatingLog LOG = SIMULATION.ratings();
  private static final TimeSplit SPLIT = TimeSplit.of(LOG, CutTime.parse("60%"));
  private static final ReaderSettings SETTINGS =
      ReaderSettings.DEFAULT
          .withLearners("set-encoder", List.of("offset-shrinkage", "ridge", "cavia"))
          .withSteps(150, 60);

  private static Release release = trained(SPLIT);
  private static ReaderResults results = evaluated(SPLIT, true);

  private static Release trained(TimeSplit split) {
    return trained(split, SETTINGS);
  }

  private static Release trained(TimeSplit split, ReaderSettings settings) {
    ReaderModel model =
        new ReaderTraining(settings, Progress.SILENT)
            .train(LOG.name(), split, SIMULATION.attributes());
    return model.assemble("readers", "test-1");
  }

  private static ReaderResults evaluated(TimeSplit split, boolean streamed) {
    return ReaderEvaluation.run(
        new ReaderEvaluationSettings(
            release, LOG, split, SIMULATION.attributes(), List.of(0, 5), 4, 8, streamed, 1));
  }

  @BeforeAll
  static void judgesSomebody() {
    assertThat(SPLIT.newUsers(8)).hasSizeGreaterThan(40);
  }

  private static double figure(String learner, int events, Metric metric) {
    return results.lines().stream()
        .filter(line -> line.learner().equals(learner) && line.events() == events)
        .map(line -> line.figures().getOrDefault(metric, new ReaderResults.Figure(-1, 0, 0)))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void everyHeadAndEveryYardstickIsInTheTable() {
    assertThat(results.lines())
        .extracting(ReaderResults.Line::learner)
        .contains(
            "default",
            "offset-shrinkage",
            "ridge",
            "cavia",
            "popularity",
            "recent-popularity",
            "item-knn",
            "ials");
  }

  @Test
  void fiveEventsMakeTheAnswersBetter() {
    assertThat(figure("default", 5, Metric.MAE)).isLessThan(figure("default", 0, Metric.MAE));
    assertThat(figure("default", 5, Metric.MAE))
        .isLessThan(figure("offset-shrinkage", 5, Metric.MAE));
    assertThat(figure("default", 5, Metric.NDCG10))
        .isGreaterThan(figure("popularity", 5, Metric.NDCG10));
  }

  @Test
  void anItemCannotBeRecommendedByWhatComesLater() {
    assertThat(figure("item-knn", 0, Metric.NDCG10))
        .isEqualTo(figure("popularity", 0, Metric.NDCG10));
  }

  @Test
  void trainingAgainGivesTheSameReleaseAndJudgingAgainTheSameTable() {
    assertThat(trained(SPLIT).digest()).isEqualTo(release.digest());
    assertThat(evaluated(SPLIT, true).lines()).isEqualTo(results.lines());
  }

  @Test
  void nothingFromAfterTheCutIsInARelease() {
    List<Rating> changed = new ArrayList<>(SPLIT.before());
    SPLIT.after().forEach(r -> changed.add(new Rating(r.user(), r.item(), 1, r.seconds())));
    RatingLog other = RatingLog.of(LOG.name(), changed, 0);

    TimeSplit split = TimeSplit.of(other, new CutTime.At(SPLIT.cutSeconds()));

    assertThat(trained(split).digest()).isEqualTo(release.digest());
  }

  @Test
  void refusesAReleaseThatHasSeenWhoIsJudged() {
    TimeSplit earlier = TimeSplit.of(LOG, CutTime.parse("50%"));

    assertThatThrownBy(() -> evaluated(earlier, true))
        .isInstanceOf(LeakException.class)
        .hasMessageContaining("later cut");
  }

  @Test
  void frozenStatisticsGiveOtherFigures() {
    assertThat(evaluated(SPLIT, false).lines()).isNotEqualTo(results.lines());
  }

  @Test
  void theDocumentHasTheFieldsThatAreDocumented() throws IOException {
    JsonNode document = new ObjectMapper().readTree(results.toJson());

    JsonNode line = document.get("results").get(0);
    assertThat(List.of("learner", "events", "users", "mae", "rmse", "ci95"))
        .allSatisfy(field -> assertThat(line.has(field)).as(field).isTrue());
    for (JsonNode row : document.get("results")) {
      if (row.get("learner").asText().equals("default")) {
        assertThat(row.get("ci95").properties())
            .extracting(Map.Entry::getKey)
            .containsExactly("mae", "rmse", "ndcg10", "hr10", "recall20");
      }
    }
    assertThat(document.get("paired").get(0).has("difference")).isTrue();
  }

  /** A few steps only: what they learn is tested with the learners. */
  @Test
  void gradientLearnersHaveHeadsOfTheirOwn() {
    ReaderSettings settings =
        SETTINGS.withLearners("anil", List.of("maml", "meta-sgd")).withSteps(10, 2);
    Release gradients = trained(SPLIT, settings);

    ReaderResults judged =
        ReaderEvaluation.run(
            new ReaderEvaluationSettings(
                gradients, LOG, SPLIT, SIMULATION.attributes(), List.of(5), 4, 8, true, 1));

    assertThat(gradients.manifest().scores())
        .containsKeys("heldOutError.rating", "heldOutError.maml", "heldOutError.meta-sgd");
    assertThat(judged.lines())
        .filteredOn(line -> line.figures().containsKey(Metric.MAE))
        .extracting(ReaderResults.Line::learner)
        .contains("default", "maml", "meta-sgd");
  }

  @Test
  void aSegmentIsLearnedFromAndJudgedBesideTheSameReleaseWithoutIt() {
    Release home =
        new ReaderTraining(SETTINGS, Progress.SILENT)
            .train(LOG.name(), SPLIT, SIMULATION.attributes(), SIMULATION.segments())
            .assemble("readers", "test-2");
    ReaderResults judged =
        ReaderEvaluation.run(
            new ReaderEvaluationSettings(
                    home, LOG, SPLIT, SIMULATION.attributes(), List.of(0, 1, 5), 4, 8, true, 1)
                .withSegments(SIMULATION.segments()));

    assertThat(home.manifest().trainingData()).contains("5 segments");
    assertThat(gain(judged, 0, Metric.NDCG10).difference().value()).isGreaterThan(0.03);
    assertThat(gain(judged, 0, Metric.MAE).difference().value()).isLessThan(0.01);
    assertThat(gain(judged, 1, Metric.MAE).difference().value()).isNotZero();
    assertThat(gain(judged, 5, Metric.MAE).difference().value()).isZero();
    assertThat(gain(judged, 5, Metric.NDCG10).difference().value()).isZero();
  }

  private static ReaderResults.Paired gain(ReaderResults judged, int events, Metric metric) {
    return judged.paired().stream()
        .filter(pair -> pair.learner().equals("default+segment"))
        .filter(pair -> pair.against().equals("default"))
        .filter(pair -> pair.events() == events && pair.metric() == metric)
        .findFirst()
        .orElseThrow();
  }

  /** Who is in no segment has no row of their own, and nobody else's changes. */
  @Test
  void onlyUsersWhoseSegmentIsKnownAreJudgedWithIt() {
    NavigableMap<String, String> known = new TreeMap<>(SIMULATION.segments().byUser());
    known.keySet().removeIf(user -> user.hashCode() % 2 == 0);
    ReaderResults judged =
        ReaderEvaluation.run(
            new ReaderEvaluationSettings(
                    release, LOG, SPLIT, SIMULATION.attributes(), List.of(0, 5), 4, 8, true, 1)
                .withSegments(new UserSegments(known, 0)));

    long expected = SPLIT.newUsers(8).keySet().stream().filter(known::containsKey).count();
    assertThat(gain(judged, 0, Metric.MAE).difference().users()).isEqualTo((int) expected);
    assertThat(judged.lines()).containsAll(results.lines());
  }
}
