package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BeginningTest {
  @Test
  void anEarlyEnsembleBringsItsMembersMetricAlong() {
    Map<String, Double> settings = new TreeMap<>();
    Learner lda = Learners.LDA.create(6, Map.of("rank", 2.0));
    Learner logistic = Learners.LOGISTIC.create(6, Map.of("rank", 2.0));
    for (Learner member : new Learner[] {lda, logistic}) {
      member
          .settings()
          .asMap()
          .forEach((name, value) -> settings.put(member.name() + "." + name, value));
    }
    Learner now = Learners.restore("ensemble", 6, settings);
    Tensor gains = Tensor.vector(0.5f, -0.25f);
    Tensor temperature = Tensor.vector(3f);

    Learner restored =
        new TrainedLearner(
            now,
            Beginning.named(
                Map.of("logistic_domain_gains", gains, "logistic_log_temperature", temperature),
                now));

    assertThat(restored.initialization())
        .containsEntry("domain_gains", gains)
        .containsEntry("logistic_log_temperature", temperature)
        .containsOnlyKeys(now.initialization().keySet());
  }

  @Test
  void theUsualEnsembleMayHaveAnotherPool() {
    TrainingTasks tasks = ToyTraining.tasks(ToyTraining.SETTINGS);
    Learner usual = Beginning.of("ensemble", Map.of(), tasks);
    Learner other = Beginning.of("ensemble", Map.of("plainOdds", 2.0), tasks);
    assertThat(usual.settings().asMap())
        .containsEntry("plainOdds", 0.65)
        .containsKeys("lda.rank", "logistic.rank", "plain-logistic.rank");
    assertThat(other.settings().asMap())
        .containsEntry("plainOdds", 2.0)
        .containsEntry("lda.rank", usual.settings().get("lda.rank"));
    assertThatThrownBy(() -> Beginning.of("ensemble", Map.of("plainOds", 2.0), tasks))
        .hasMessageContaining("unknown setting 'plainOds'");
  }
}
