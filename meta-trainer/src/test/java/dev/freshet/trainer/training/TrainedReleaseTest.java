package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseReader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedReleaseTest {
  private static final TrainingSettings SETTINGS = ToyTraining.SETTINGS;

  @TempDir private Path directory;

  @Test
  void saysWhatItWasTrainedOnAndHowGoodItIs() {
    TrainingResult result = ToyTraining.train("prototype", SETTINGS);
    Release written =
        new TrainedRelease("toys", "toy-2", "toy", Optional.of("toy-1"))
            .write(directory.resolve("toy-2"), result, ToyTraining.tasks(SETTINGS), SETTINGS);
    Release read = new ReleaseReader().read(directory.resolve("toy-2"), written.digest());
    assertThat(read.manifest().parent()).contains("toy-1");
    assertThat(read.manifest().trainingData())
        .contains("toy/train: 24 classes, 720 texts", "toy/held-out: 8 classes", "seed 7");
    assertThat(read.manifest().scores())
        .containsEntry("heldOutLogLoss", result.best().heldOut().logLoss())
        .containsEntry("heldOutAccuracyUntrained", result.before().accuracy());
    assertThat(read.modelCard())
        .contains("toys / toy-2", "the release toy-1", "log_temperature", "before training");
    assertThat(read.initialization()).isEqualTo(result.learner().initialization());
  }
}
