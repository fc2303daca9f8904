package dev.freshet.trainer.training;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.toy.ToyCorpus;
import dev.freshet.trainer.toy.ToyEncoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Small enough to be done again and again. */
final class ToyTraining {
  static final TrainingSettings SETTINGS =
      new TrainingSettings(
          12, 2, 2, 0.05, 0.01, 1, 4, 3, 8, 0.25, new TaskSizes(2, 5, 6, 30, 10), Device.CPU, 7);

  /** Settings that fit 16 features. */
  static final Map<String, Map<String, Double>> LEARNERS =
      Map.of(
          "prototype", Map.of("temperature", 2.0),
          "lda", Map.of("rank", 4.0, "temperature", 2.0),
          "anil", Map.of("steps", 3.0),
          "maml", Map.of("hidden1", 8.0, "steps", 2.0),
          "fomaml", Map.of("hidden1", 8.0, "steps", 2.0),
          "reptile", Map.of("hidden1", 8.0, "steps", 2.0),
          "meta-sgd", Map.of("hidden1", 8.0, "steps", 2.0));

  private ToyTraining() {}

  static TrainingTasks tasks(TrainingSettings settings) {
    EmbeddingStore store = EmbeddingStore.inMemory(ToyEncoder.create());
    return TrainingTasks.of(ToyCorpus.of(32, 30), store, settings, Progress.SILENT);
  }

  static TrainingResult train(String learner, TrainingSettings settings) {
    return train(learner, settings, Optional.empty(), TrainingListener.SILENT);
  }

  static TrainingResult train(
      String learner,
      TrainingSettings settings,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    TrainingTasks tasks = tasks(settings);
    Map<String, Double> chosen = LEARNERS.getOrDefault(learner, Map.of());
    return new Trainer(settings)
        .train(Beginning.of(learner, chosen, tasks), tasks, checkpoint, listener);
  }

  static String digest(TrainingResult result, TrainingSettings settings) {
    return new TrainedRelease("toys", "toy-2", "toy", Optional.empty())
        .assemble(result, tasks(settings), settings)
        .digest();
  }
}
