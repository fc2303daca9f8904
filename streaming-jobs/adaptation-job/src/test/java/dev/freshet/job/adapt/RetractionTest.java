package dev.freshet.job.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retracting forgets exactly: to the bit, the predictions of a history without the example. */
class RetractionTest {
  private static final String LINEAGE = TestReleases.LINEAGE;
  private static final String TASK = "toys";

  /** Takes the place of what the other history lacks, so that positions agree. */
  private static final TaskEvent.OfTask ELSEWHERE = new TaskClosed(LINEAGE, "elsewhere");

  @TempDir Path directory;
  private Release release;

  @BeforeEach
  void writeRelease() {
    release = new TestReleases(directory).write("only", 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void leavesNoTraceInLaterPredictions(long seed) throws Exception {
    Random random = new Random(seed);
    List<TaskEvent.OfTask> with = new ArrayList<>();
    List<TaskEvent.OfTask> without = new ArrayList<>();
    int retractedAt = 15 + random.nextInt(10);
    int addedAt = random.nextInt(12);
    for (int i = 0; i < 50; i++) {
      TaskEvent.OfTask event = exampleOrQuery(random, i, i > retractedAt);
      boolean retracting = i == retractedAt;
      boolean adding = i == addedAt;
      with.add(
          retracting
              ? new ExampleRetracted(LINEAGE, TASK, "regretted")
              : adding ? example(random, "regretted") : event);
      without.add(retracting || adding ? ELSEWHERE : event);
    }

    SortedMap<Position, byte[]> withRegret = predictions(with);
    SortedMap<Position, byte[]> withoutIt = predictions(without);

    long fenceAndRetraction = retractedAt + 1L;
    assertThat(withRegret.keySet()).isEqualTo(withoutIt.keySet());
    assertThat(withRegret.tailMap(new Position(0, fenceAndRetraction)))
        .hasSizeGreaterThan(5)
        .allSatisfy((position, bytes) -> assertThat(bytes).isEqualTo(withoutIt.get(position)));
    assertThat(withRegret.headMap(new Position(0, fenceAndRetraction)).entrySet())
        .as("while it was there, it counted")
        .anySatisfy(e -> assertThat(e.getValue()).isNotEqualTo(withoutIt.get(e.getKey())));
  }

  private static TaskEvent.OfTask exampleOrQuery(Random random, int i, boolean sure) {
    boolean query = i % 2 == 1 || (sure && i % 3 == 0);
    return query
        ? new QueryAsked(
            LINEAGE,
            TASK,
            "q" + i,
            Optional.of(text(random)),
            List.of("label", Prediction.PROTOTYPE),
            List.of(),
            OptionalInt.empty())
        : example(random, "e" + i);
  }

  private static ExampleAdded example(Random random, String id) {
    return new ExampleAdded(
        LINEAGE, TASK, id, text(random), new Target.LabelTarget("label-" + random.nextInt(4)));
  }

  private static Features text(Random random) {
    return new Features.TextFeatures("word" + random.nextInt(20) + " and" + random.nextInt(20));
  }

  private SortedMap<Position, byte[]> predictions(List<TaskEvent.OfTask> events) throws Exception {
    LogBuilder log = new LogBuilder(1).fence(TestReleases.fence(release, 1));
    events.forEach(log::add);
    List<LoggedEvent> logged = log.log();
    AdaptOptions options = new AdaptOptions(directory.toString(), Device.CPU, 8, 3, 1 << 20);
    try (var harness = ReplayTest.harness(new AdaptOperator(options), "heap")) {
      harness.open();
      for (Stamped event : Pipeline.stampedAndEncoded(logged, directory, 1)) {
        harness.processElement(event, 0);
      }
      harness.prepareSnapshotPreBarrier(1);
      return ReplayTest.byPosition(harness.extractOutputValues());
    }
  }
}
