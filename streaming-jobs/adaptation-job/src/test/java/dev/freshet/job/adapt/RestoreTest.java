package dev.freshet.job.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.testing.GeneratedLog;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.PlainReplay;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.TestReleases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of tasks outlives the operator, and the buffer is never part of it. */
class RestoreTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  void goesOnFromASnapshotAsIfNothingHadHappened(String backend) throws Exception {
    TestReleases test = new TestReleases(directory);
    List<Release> releases = List.of(test.write("cool", 4), test.write("hot", 20));
    List<LoggedEvent> log = GeneratedLog.of(42, 300, releases);
    List<Stamped> events = Pipeline.stampedAndEncoded(log, directory, GeneratedLog.PARTITIONS);
    List<PredictionRecord> predictions = new ArrayList<>();

    OperatorSubtaskState snapshot;
    try (var before = ReplayTest.harness(operator(), backend)) {
      before.open();
      for (Stamped event : events.subList(0, 150)) {
        before.processElement(event, 0);
      }
      before.prepareSnapshotPreBarrier(1);
      snapshot = before.snapshot(1, 1);
      predictions.addAll(before.extractOutputValues());
    }
    try (var after = ReplayTest.harness(operator(), backend)) {
      after.initializeState(snapshot);
      after.open();
      for (Stamped event : events.subList(150, events.size())) {
        after.processElement(event, 0);
      }
      after.prepareSnapshotPreBarrier(2);
      predictions.addAll(after.extractOutputValues());
    }

    SortedMap<Position, byte[]> expected;
    try (PlainReplay replay = new PlainReplay(releases)) {
      expected = replay.run(log);
    }
    ReplayTest.assertSameBytes(42, expected, ReplayTest.byPosition(predictions));
  }

  @Test
  void flushesOnSizeOnTimeAndBeforeABarrier() throws Exception {
    TestReleases test = new TestReleases(directory);
    List<LoggedEvent> log = GeneratedLog.of(9, 200, List.of(test.write("cool", 4)));
    List<Stamped> queries =
        Pipeline.stampedAndEncoded(log, directory, GeneratedLog.PARTITIONS).stream()
            .filter(
                event ->
                    event instanceof StampedEvent stamped
                        && stamped.event() instanceof dev.freshet.schemas.QueryAsked)
            .toList();
    AdaptOptions options = new AdaptOptions(directory.toString(), Device.CPU, 4, 50, 1 << 20);
    try (var harness = ReplayTest.harness(new AdaptOperator(options), "heap")) {
      harness.open();
      for (Stamped event : queries.subList(0, 3)) {
        harness.processElement(event, 0);
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.getProcessingTimeService().getActiveTimerTimestamps()).hasSize(1);

      harness.processElement(queries.get(3), 0);
      assertThat(harness.extractOutputValues()).as("full").hasSize(4);
      assertThat(harness.getProcessingTimeService().getActiveTimerTimestamps()).isEmpty();

      harness.processElement(queries.get(4), 0);
      harness.setProcessingTime(harness.getProcessingTime() + 49);
      assertThat(harness.extractOutputValues()).as("not yet").hasSize(4);
      harness.setProcessingTime(harness.getProcessingTime() + 1);
      assertThat(harness.extractOutputValues()).as("in time").hasSize(5);

      harness.processElement(queries.get(5), 0);
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues()).as("barrier").hasSize(6);
    }
  }

  private AdaptOperator operator() {
    return new AdaptOperator(new AdaptOptions(directory.toString(), Device.CPU, 16, 3, 1 << 20));
  }
}
