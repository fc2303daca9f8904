package dev.freshet.standalone.refresh;

import dev.freshet.adaptation.learner.LdaLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.trainer.refresh.RefreshSettings;
import dev.freshet.trainer.training.TaskSizes;
import dev.freshet.trainer.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A champion, and tasks of a domain that it knows nothing of. */
final class DomainLog {
  /** A second's work. */
  static final RefreshSettings SETTINGS =
      new RefreshSettings(
          new TrainingSettings(
              2, 1, 2, 0.02, 0.01, 1, 1, 1, 8, 0.25, new TaskSizes(2, 5, 6, 30, 20), Device.CPU, 7),
          8,
          20,
          100,
          0.2,
          0.25,
          3,
          20,
          20);

  private static final int CLASSES = 24;
  private static final int TEXTS = 25;

  private DomainLog() {}

  static void writeChampion(ReleaseShelf shelf, String lineage, String id) {
    ReleaseDraft draft =
        new ReleaseDraft(lineage, id, "domain", "nothing", Map.of(), Optional.empty(), "# Plain\n");
    Settings settings = Settings.of(LdaLearner.SETTINGS, Map.of("rank", 4.0));
    new ReleaseWriter()
        .write(
            shelf.directory(lineage, id), draft, new LdaLearner(DomainEncoder.DIMENSION, settings));
  }

  /** Four classes a task, six tasks. */
  static void append(BrokerLink broker, String lineage) {
    try (EventWriter writer = new EventWriter(broker)) {
      for (int first = 0; first < CLASSES; first += 4) {
        String task = "task-" + first;
        List<Label> labels = new ArrayList<>();
        for (int label = first; label < first + 4; label++) {
          labels.add(new Label("k" + label, "kind k" + label));
        }
        writer.appendNow(new TaskOpened(lineage, task, labels));
        for (int text = 0; text < TEXTS; text++) {
          for (Label label : labels) {
            writer.appendOrFailLater(
                new ExampleAdded(
                    lineage,
                    task,
                    "e" + text + label.id(),
                    new TextFeatures("text " + text + " of " + label.id()),
                    new LabelTarget(label.id())));
          }
        }
      }
      writer.flush();
    }
  }
}
