package dev.freshet.job.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.testing.GeneratedReaderLog;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.PlainReaderReplay;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.ReaderReleases;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks over items are a function of the log too, however it is batched, stored or restarted. */
class ReaderReplayTest {
  private static final int EVENTS = 250;

  @TempDir static Path directory;
  private static List<Release> releases;

  @BeforeAll
  static void writeReleases() {
    ReaderReleases test = new ReaderReleases(directory);
    releases = List.of(test.write("one", 1), test.write("two", 2));
  }

  @ParameterizedTest(name = "{1} histories from seed {0}, batches of at most {2}, {3}")
  @CsvSource({
    "100, 6, 1, heap",
    "300, 6, 7, heap",
    "500, 6, 10000, heap",
    "700, 2, 7, rocksdb",
  })
  void predictionsEqualThePlainReplayByteForByte(
      long seed, int histories, int batchEventsMax, String backend) throws Exception {
    for (long s = seed; s < seed + histories; s++) {
      List<LoggedEvent> log = GeneratedReaderLog.of(s, EVENTS, releases);

      SortedMap<Position, byte[]> expected = plainly(log);
      SortedMap<Position, byte[]> actual = run(log, batchEventsMax, backend, new Random(s));

      assertThat(expected).as("the history asks something").hasSizeGreaterThan(30);
      ReplayTest.assertSameBytes(s, expected, actual);
    }
  }

  /** The table of items is no state of the adapting step: the stamping step says it again. */
  @ParameterizedTest
  @CsvSource({"900", "901", "902", "903"})
  void restoredInMidHistoryItGoesOnAsIfNothingHadBeen(long seed) throws Exception {
    List<LoggedEvent> log = GeneratedReaderLog.of(seed, EVENTS, releases);
    SortedMap<Position, byte[]> expected = plainly(log);
    int half = log.size() / 2;

    List<List<Stamped>> parts =
        Pipeline.stampedAndRestored(
            log.subList(0, half),
            log.subList(half, log.size()),
            directory,
            GeneratedReaderLog.PARTITIONS);
    AdaptOptions options = new AdaptOptions(directory.toString(), Device.CPU, 8, 3, 20_000);
    SortedMap<Position, byte[]> actual;
    org.apache.flink.runtime.checkpoint.OperatorSubtaskState snapshot;
    try (var first = ReplayTest.harness(new AdaptOperator(options), "heap")) {
      first.open();
      for (Stamped event : parts.get(0)) {
        first.processElement(event, 0);
      }
      first.prepareSnapshotPreBarrier(1);
      snapshot = first.snapshot(1, 1);
      actual = ReplayTest.byPosition(first.extractOutputValues());
    }
    try (var second = ReplayTest.harness(new AdaptOperator(options), "heap")) {
      second.initializeState(snapshot);
      second.open();
      for (Stamped event : parts.get(1)) {
        second.processElement(event, 0);
      }
      second.prepareSnapshotPreBarrier(2);
      actual.putAll(ReplayTest.byPosition(second.extractOutputValues()));
    }

    ReplayTest.assertSameBytes(seed, expected, actual);
  }

  private static SortedMap<Position, byte[]> plainly(List<LoggedEvent> log) throws Exception {
    try (PlainReaderReplay replay = new PlainReaderReplay(releases)) {
      return replay.run(log);
    }
  }

  private static SortedMap<Position, byte[]> run(
      List<LoggedEvent> log, int batchEventsMax, String backend, Random splits) throws Exception {
    AdaptOptions options =
        new AdaptOptions(directory.toString(), Device.CPU, batchEventsMax, 3, 20_000);
    try (var harness = ReplayTest.harness(new AdaptOperator(options), backend)) {
      harness.open();
      int checkpoint = 0;
      for (Stamped event :
          Pipeline.stampedAndEncoded(log, directory, GeneratedReaderLog.PARTITIONS)) {
        harness.processElement(event, 0);
        if (splits.nextInt(20) == 0) {
          harness.setProcessingTime(harness.getProcessingTime() + 5);
        } else if (splits.nextInt(40) == 0) {
          harness.prepareSnapshotPreBarrier(checkpoint++);
        }
      }
      harness.setProcessingTime(harness.getProcessingTime() + 5);
      return ReplayTest.byPosition(harness.extractOutputValues());
    }
  }
}
