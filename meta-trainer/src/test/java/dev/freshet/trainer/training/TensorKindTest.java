package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorKindTest {
  @ParameterizedTest
  @EnumSource
  void coordinatesAreTakenBack(TensorKind kind) {
    for (double value : new double[] {0.01, 0.3, 0.9}) {
      double coordinate = kind.toCoordinate(value);
      assertThat(kind.toValue(coordinate)).isCloseTo(value, within(1e-12));
      double h = 1e-6;
      double slope = (kind.toValue(coordinate + h) - kind.toValue(coordinate - h)) / (2 * h);
      assertThat(kind.slope(coordinate)).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void theEdgeOfARangeIsNoInfinity() {
    assertThat(TensorKind.SHARE.toCoordinate(0)).isFinite();
    assertThat(TensorKind.SHARE.toCoordinate(1)).isFinite();
    assertThat(TensorKind.POSITIVE.toCoordinate(0)).isFinite();
  }

  /** A tensor that nobody thought of would be trained as a weight. */
  @Test
  void everyTensorThatIsNoWeightIsKnown() {
    Stream<Learner> learners =
        Stream.concat(
            ToyTraining.LEARNERS.entrySet().stream()
                .map(entry -> Learners.named(entry.getKey()).create(80, entry.getValue())),
            Stream.of(EnsembleLearner.of(80)));
    List<String> weights =
        learners
            .flatMap(learner -> learner.initialization().keySet().stream())
            .filter(name -> TensorKind.of(name) == TensorKind.WEIGHTS)
            .distinct()
            .toList();
    assertThat(weights)
        .allMatch(
            name ->
                name.startsWith("layer") || name.startsWith("rate_") || name.endsWith("bias_rate"));
  }

  @Test
  void membersOfAnEnsembleHaveTheirTensorsKinds() {
    assertThat(TensorKind.of("lda_metric_directions")).isEqualTo(TensorKind.FROZEN);
    assertThat(TensorKind.of("anil_decay")).isEqualTo(TensorKind.SHARE);
    assertThat(TensorKind.of("prototype_name_weight")).isEqualTo(TensorKind.POSITIVE);
    assertThat(TensorKind.of("layer1_weight")).isEqualTo(TensorKind.WEIGHTS);
  }
}
