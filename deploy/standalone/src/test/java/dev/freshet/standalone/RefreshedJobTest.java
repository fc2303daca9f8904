package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.adaptation.learner.LdaLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.VectorFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.standalone.stack.StackSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From tasks in the log by way of {@code freshet refresh} to a task that answers by the new
 * release, with the real job. The domain is one of vectors, whose loudest numbers say nothing.
 */
class RefreshedJobTest {
  private static final String LINEAGE = "categories";
  private static final int FEATURES = 384;
  private static final int LOUD = 6;
  private static final int CLASSES = 24;
  private static final int VECTORS = 24;

  @TempDir private Path root;

  @Test
  void theJobAnswersALiveTaskByTheReleaseThatItsLogHasTaught() throws Exception {
    DataDirectory data = DataDirectory.take(root.resolve("data"));
    try (LocalStack stack =
        LocalStack.start(
            StackSettings.anywhere()
                .withJob(Map.of("state.backend", "heap", "device", "cpu", "parallelism", "1")),
            data,
            step -> {},
            closer -> {})) {
      ReleaseShelf shelf = new ReleaseShelf(data.releases());
      writePlainChampion(shelf);
      new ReleaseDesk(stack.broker(), shelf, Clock.systemUTC()).activate(LINEAGE, "plain-1");
      appendTasks(stack);
      JsonNode before = asked(stack);
      assertThat(before.path("release").asText()).isEqualTo("plain-1");

      JsonNode refresh =
          said(stack, "refresh", "--steps", "1", "--data-dir", data.root().toString(), "--json");
      assertThat(refresh.path("decision").asText())
          .as(refresh.path("reason").asText())
          .isEqualTo("ACTIVATED");
      assertThat(refresh.at("/expectedLead/mean").asDouble())
          .isGreaterThan(refresh.at("/expectedLead/ci95").asDouble());

      JsonNode after = asked(stack);
      assertThat(after.path("release").asText()).isEqualTo(refresh.path("release").asText());
      assertThat(after.path("epoch").asLong()).isEqualTo(refresh.path("epoch").asLong());
      assertThat(after.path("supportDigest")).isEqualTo(before.path("supportDigest"));
      assertThat(after.path("answers")).isNotEqualTo(before.path("answers"));
    }
    data.close();
  }

  private static JsonNode asked(LocalStack stack) throws Exception {
    return said(stack, "query", "task-0", "whatever this is", "--wait", "60s", "--json");
  }

  private static JsonNode said(LocalStack stack, String... words) throws Exception {
    RecordedConsole console = new RecordedConsole();
    List<String> line = new ArrayList<>(List.of("--bootstrap", stack.broker().bootstrapServers()));
    line.addAll(List.of(words));
    assertThat(console.run(line.toArray(String[]::new))).as(console.err()).isZero();
    return console.document();
  }

  private static void writePlainChampion(ReleaseShelf shelf) {
    Settings settings = Settings.of(LdaLearner.SETTINGS, Map.of("rank", 8.0));
    new ReleaseWriter()
        .write(
            shelf.directory(LINEAGE, "plain-1"),
            new ReleaseDraft(
                LINEAGE,
                "plain-1",
                MiniLmEncoder.ID,
                "nothing",
                Map.of(),
                Optional.empty(),
                "# Plain\n"),
            new LdaLearner(FEATURES, settings));
  }

  private static void appendTasks(LocalStack stack) {
    try (EventWriter writer = new EventWriter(stack.broker())) {
      for (int first = 0; first < CLASSES; first += 4) {
        String task = "task-" + first;
        List<Label> labels = new ArrayList<>();
        for (int label = first; label < first + 4; label++) {
          labels.add(new Label("k" + label, "kind number " + label));
        }
        writer.appendNow(new TaskOpened(LINEAGE, task, labels));
        for (int i = 0; i < VECTORS; i++) {
          for (Label label : labels) {
            writer.appendOrFailLater(
                new ExampleAdded(
                    LINEAGE,
                    task,
                    "e" + i + label.id(),
                    new VectorFeatures(vector(label.id(), i)),
                    new LabelTarget(label.id())));
          }
        }
      }
      writer.flush();
    }
  }

  private static float[] vector(String label, int number) {
    Random own = new Random(label.hashCode());
    Random noise = new Random(31L * label.hashCode() + number);
    float[] vector = new float[FEATURES];
    double square = 0;
    for (int i = 0; i < FEATURES; i++) {
      double blur = i < LOUD ? 3 : 0.06;
      vector[i] = (float) (own.nextGaussian() / Math.sqrt(FEATURES) + blur * noise.nextGaussian());
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < FEATURES; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return vector;
  }
}
