package dev.freshet.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.learner.AnilLearner;
import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.toy.ToyCorpus;
import dev.freshet.trainer.toy.ToyEncoder;
import dev.freshet.trainer.toy.ToyRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineupTest {
  private static final List<String> YARDSTICKS =
      List.of("unadapted", "prototype", "logistic-regression");

  @Test
  void allIsTheReleaseAndEveryClassifierThereIs() {
    Lineup lineup = Lineup.of(ToyRelease.create(), List.of(Lineup.ALL));
    assertThat(lineup.needsBaseClasses()).isTrue();
    assertThat(lineup.entrants(classes()))
        .extracting(Entrant::name)
        .startsWith("default")
        .contains("prototype-learner", "lda", "anil", "maml", "fomaml", "reptile", "meta-sgd")
        .doesNotContainAnyElementsOf(YARDSTICKS);
  }

  @Test
  void theReleaseAndTheYardsticksAreInEveryTable() {
    Lineup lineup = Lineup.of(ToyRelease.create(), List.of("anil"));
    assertThat(lineup.needsBaseClasses()).isFalse();
    Corpus corpus = ToyCorpus.of(8, 25);
    EvaluationSettings settings =
        EvaluationSettings.of(
                lineup.release(),
                corpus,
                new Protocol.Episodes(List.of(Ways.of(5)), List.of(1)),
                3,
                1)
            .withEntrants(lineup.entrants(List.of()));
    List<String> expected = new ArrayList<>(List.of("default", "anil"));
    expected.addAll(YARDSTICKS);
    assertThat(Evaluation.run(settings, ToyEncoder.create(), Progress.SILENT).results())
        .extracting(Result::learner)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void membersOfAnEnsembleComeOutOfItsOwnTensors() {
    PrototypeLearner prototypes = new PrototypeLearner(ToyEncoder.DIMENSION);
    AnilLearner anil = new AnilLearner(ToyEncoder.DIMENSION);
    Tensor learned = Tensor.vector(-1.5f);
    Release ensemble =
        new ReleaseWriter()
            .assemble(
                new ReleaseDraft("toys", "e-1", "toy", "-", Map.of(), Optional.empty(), "# E\n"),
                new TrainedLearner(
                    new EnsembleLearner(List.of(prototypes, anil)),
                    Map.of("anil_log_head_scale", learned)));
    List<Entrant> entrants =
        Lineup.of(ensemble, List.of("member-anil", "member-prototype", "anil")).entrants(List.of());
    assertThat(entrants)
        .extracting(Entrant::name)
        .containsExactly("default", "member-anil", "member-prototype", "anil");
    assertThat(entrants.get(1).release().initialization().get("log_head_scale")).isEqualTo(learned);
    assertThat(entrants.get(3).release().initialization().get("log_head_scale"))
        .isNotEqualTo(learned);
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> Lineup.of(ToyRelease.create(), List.of("default", "mamal")))
        .hasMessageContaining("No learner 'mamal'")
        .hasMessageContaining(Lineup.ALL)
        .hasMessageContaining(Learners.META_SGD.id());
    assertThat(Lineup.of(ToyRelease.create(), YARDSTICKS).entrants(List.of()))
        .extracting(Entrant::name)
        .containsExactly("default");
  }

  private static List<List<float[]>> classes() {
    ToyEncoder encoder = ToyEncoder.create();
    return ToyCorpus.of("base", "b", 6, 20).categories().stream()
        .map(c -> c.texts().stream().map(text -> encoder.encode(text).vector()).toList())
        .toList();
  }
}
