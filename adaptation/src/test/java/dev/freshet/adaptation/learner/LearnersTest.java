package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnersTest {
  @ParameterizedTest
  @EnumSource
  void areMadeByTheNameThatTheirReleasesBear(Learners which) {
    boolean hasNetwork = which.settings().contains(UnrolledLearner.STEPS);
    Map<String, Double> chosen = hasNetwork ? Map.of("hidden1", 3.0) : Map.of();
    Learner learner = Learners.named(which.id()).create(70, chosen);
    assertThat(learner.name()).isEqualTo(which.id());
    assertThat(which.create(70, learner.settings().asMap()).initialization())
        .isEqualTo(learner.initialization());
  }

  @Test
  void anUnknownNameListsTheChoices() {
    assertThatThrownBy(() -> Learners.named("maml++"))
        .hasMessageContaining("'maml++'")
        .hasMessageContaining(
            "[prototype, lda, logistic, plain-logistic, anil, maml, fomaml, reptile, meta-sgd]");
  }

  @Test
  void widthsAreChecked() {
    assertThatThrownBy(() -> new MamlLearner(4, List.of())).hasMessageContaining("anil");
    assertThatThrownBy(() -> new MamlLearner(4, List.of(1))).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> new MamlLearner(4, List.of(2, 2, 2, 2, 2)))
        .hasMessageContaining("at most 4");
    assertThatThrownBy(() -> Learners.ANIL.create(4, Map.of("hidden2", 5.0)))
        .hasMessageContaining("none after the first 0");
  }

  @Test
  void aTrainedLearnerKeepsAllButItsTensors() {
    Learner untrained = Learners.ANIL.create(4, Map.of());
    Tensor decay = Tensor.vector(0.5f);
    Learner trained = new TrainedLearner(untrained, Map.of("decay", decay));
    assertThat(trained.initialization()).containsEntry("decay", decay);
    assertThat(trained.initialization().keySet()).isEqualTo(untrained.initialization().keySet());
    assertThat(trained.settings()).isEqualTo(untrained.settings());
    assertThatThrownBy(() -> new TrainedLearner(untrained, Map.of("decay", Tensor.scalar(1))))
        .hasMessageContaining("Tensor 'decay' is []");
    assertThatThrownBy(() -> new TrainedLearner(untrained, Map.of("dekay", decay)))
        .hasMessageContaining("'dekay'");
  }

  @Test
  void anEnsembleIsOfDifferentLearnersForOneTask() {
    Learner four = Learners.ANIL.create(4, Map.of());
    assertThatThrownBy(() -> new EnsembleLearner(List.of(four)))
        .hasMessageContaining("two learners or more");
    assertThatThrownBy(() -> new EnsembleLearner(List.of(four, four)))
        .hasMessageContaining("different names");
    Learner five = Learners.PROTOTYPE.create(5, Map.of());
    assertThatThrownBy(() -> new EnsembleLearner(List.of(four, five)))
        .hasMessageContaining("has 5 features");
    Learner reptile = Learners.REPTILE.create(4, Map.of("hidden1", 3.0));
    Learner number = Learners.MAML.create(4, Map.of("hidden1", 3.0, "numbers", 1.0));
    assertThatThrownBy(() -> new EnsembleLearner(List.of(number, four)))
        .hasMessageContaining("answers with numbers, expected labels");
    EnsembleLearner mixed = new EnsembleLearner(List.of(four, reptile));
    assertThatThrownBy(mixed::trainingGraph).hasMessageContaining("train it alone");
  }

  @Test
  void anEnsembleComesBackFromItsSettings() {
    Learner lda = Learners.LDA.create(6, Map.of("rank", 3.0));
    Learner anil = Learners.ANIL.create(6, Map.of("hidden1", 4.0, "steps", 2.0));
    Learner ensemble = new EnsembleLearner(List.of(lda, anil));
    Learner restored = Learners.restore("ensemble", 6, ensemble.settings().asMap());
    assertThat(restored.initialization()).isEqualTo(ensemble.initialization());
    assertThat(restored.settings()).isEqualTo(ensemble.settings());
    assertThat(new EnsembleLearner(List.of(anil, lda)).settings()).isEqualTo(ensemble.settings());
    assertThat(Learners.restore("lda", 6, lda.settings().asMap()).settings())
        .isEqualTo(lda.settings());
    Learner own = new EnsembleLearner(List.of(lda, anil), Map.of("usualWeight", 7.0));
    assertThat(Learners.restore("ensemble", 6, own.settings().asMap()).settings())
        .isEqualTo(own.settings())
        .isNotEqualTo(ensemble.settings());
    Map<String, Double> unknown = new TreeMap<>(ensemble.settings().asMap());
    unknown.put("steps", 2.0);
    assertThatThrownBy(() -> Learners.restore("ensemble", 6, unknown))
        .hasMessageContaining("unknown setting 'steps', expected one of [usualShotsPower");
  }

  @Test
  void onlyTensorsOfTheInitialisationAreTrained() {
    Learner learner = Learners.ANIL.create(4, Map.of());
    assertThat(MetaGradient.graph(learner, "label", Set.of("decay")).outputs().keySet())
        .containsExactly("loss", "scores", "gradient_decay");
    assertThatThrownBy(() -> MetaGradient.graph(learner, "label", Set.of("support_x")))
        .hasMessageContaining("no tensor 'support_x'");
    assertThatThrownBy(() -> MetaGradient.graph(learner, "rank", Set.of()))
        .hasMessageContaining("no head 'rank'");
  }
}
