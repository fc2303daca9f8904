package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final TrainingSettings SETTINGS = ToyTraining.SETTINGS;

  @TempDir private Path directory;

  @Test
  void whatItLearnsHelpsWithClassesItHasNotSeen() {
    TrainingResult result =
        ToyTraining.train("prototype", SETTINGS.withSteps(60).withRates(0.1, 0.01));
    assertThat(result.best().heldOut().logLoss()).isLessThan(result.before().logLoss() - 0.03);
    assertThat(result.learner().initialization().get("log_temperature"))
        .isNotEqualTo(result.start().initialization().get("log_temperature"));
  }

  /**
   * One learner that is trained by the queries' loss, one by displacement, one of random layers.
   */
  @ParameterizedTest
  @ValueSource(strings = {"prototype", "reptile", "maml"})
  void theSameSeedGivesTheSameDigest(String learner) {
    String first = ToyTraining.digest(ToyTraining.train(learner, SETTINGS), SETTINGS);
    String second = ToyTraining.digest(ToyTraining.train(learner, SETTINGS), SETTINGS);
    assertThat(second).isEqualTo(first);
    TrainingSettings others = SETTINGS.withSeed(8);
    assertThat(ToyTraining.digest(ToyTraining.train(learner, others), others)).isNotEqualTo(first);
  }

  /** Killed at a look, and between two looks: then the steps since are made again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 11})
  void resumedEqualsUninterrupted(int killedAt) {
    Optional<Path> checkpoint = Optional.of(directory.resolve("checkpoint"));
    TrainingResult whole = ToyTraining.train("anil", SETTINGS);
    assertThatThrownBy(() -> ToyTraining.train("anil", SETTINGS, checkpoint, killing(killedAt)))
        .isInstanceOf(Killed.class);
    TrainingResult resumed =
        ToyTraining.train("anil", SETTINGS, checkpoint, TrainingListener.SILENT);
    assertThat(resumed.looks()).isEqualTo(whole.looks());
    assertThat(ToyTraining.digest(resumed, SETTINGS))
        .isEqualTo(ToyTraining.digest(whole, SETTINGS));
  }

  @Test
  void whatIsFinishedIsNotTrainedAgain() {
    Optional<Path> checkpoint = Optional.of(directory.resolve("checkpoint"));
    TrainingResult whole =
        ToyTraining.train("prototype", SETTINGS, checkpoint, TrainingListener.SILENT);
    TrainingResult again = ToyTraining.train("prototype", SETTINGS, checkpoint, killing(1));
    assertThat(ToyTraining.digest(again, SETTINGS)).isEqualTo(ToyTraining.digest(whole, SETTINGS));
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() {
    Optional<Path> checkpoint = Optional.of(directory.resolve("checkpoint"));
    ToyTraining.train("prototype", SETTINGS, checkpoint, TrainingListener.SILENT);
    assertThatThrownBy(
            () ->
                ToyTraining.train(
                    "prototype", SETTINGS.withSeed(8), checkpoint, TrainingListener.SILENT))
        .hasMessageContaining("is of another training");
    assertThatThrownBy(
            () -> ToyTraining.train("anil", SETTINGS, checkpoint, TrainingListener.SILENT))
        .hasMessageContaining("is of another training");
  }

  @Test
  void aDamagedCheckpointIsRefused() throws Exception {
    Path path = directory.resolve("checkpoint");
    ToyTraining.train("prototype", SETTINGS, Optional.of(path), TrainingListener.SILENT);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 1;
    Files.write(path, bytes);
    assertThatThrownBy(
            () ->
                ToyTraining.train(
                    "prototype", SETTINGS, Optional.of(path), TrainingListener.SILENT))
        .hasMessageContaining("is damaged");
    Files.write(path, new byte[] {1, 2, 3});
    assertThatThrownBy(
            () ->
                ToyTraining.train(
                    "prototype", SETTINGS, Optional.of(path), TrainingListener.SILENT))
        .hasMessageContaining("is damaged");
  }

  /** The device reaches the graphs: where there is none, it is refused with its reason. */
  @Test
  void cudaIsRefusedWithItsReasonWhereItCannotLoad() {
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    assertThatThrownBy(() -> ToyTraining.train("prototype", SETTINGS.withDevice(Device.CUDA)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Device 'cuda' cannot be used");
  }

  /** At rate 0 nothing ever improves. */
  @Test
  void stopsWhenHeldOutClassesProfitNoMore() {
    TrainingSettings still = SETTINGS.withSteps(100).withRates(0, 0).withChecks(2, 3);
    TrainingResult result = ToyTraining.train("prototype", still);
    assertThat(result.steps()).isEqualTo(6);
    assertThat(result.best().step()).isZero();
    assertThat(result.looks()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prototype",
        "lda",
        "logistic",
        "plain-logistic",
        "anil",
        "maml",
        "fomaml",
        "reptile",
        "meta-sgd",
        "ensemble"
      })
  void trainsAnyLearnerAndTheJobCanLoadIt(String learner) {
    TrainingSettings brief = SETTINGS.withSteps(2).withChecks(1, 2);
    Map<String, Double> chosen =
        learner.equals(Beginning.ENSEMBLE)
            ? Map.of("anil.steps", 3.0, "lda.rank", 4.0, "plain-logistic.rank", 2.0)
            : ToyTraining.LEARNERS.getOrDefault(learner, Map.of());
    TrainingTasks tasks = ToyTraining.tasks(brief);
    TrainingResult result =
        new Trainer(brief)
            .train(
                Beginning.of(learner, chosen, tasks),
                tasks,
                Optional.empty(),
                TrainingListener.SILENT);
    assertThat(result.stepsLeftOut()).isZero();
    Release release =
        new TrainedRelease("toys", "toy-2", "toy", Optional.empty()).assemble(result, tasks, brief);
    try (LoadedRelease loaded = new ReleaseLoader(Device.CPU).load(release)) {
      assertThat(loaded.manifest().learner()).isEqualTo(learner);
    }
    assertThat(Beginning.of(release).initialization()).isEqualTo(result.learner().initialization());
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static TrainingListener killing(int step) {
    return new TrainingListener() {
      @Override
      public void stepped(int done, int of, double loss) {
        if (done == step) {
          throw new Killed();
        }
      }
    };
  }
}
