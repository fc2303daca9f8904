package dev.freshet.job.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.testing.GeneratedLog;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.PlainReplay;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A prediction is a pure function of the log, whatever the micro-batches and the state backend. */
class ReplayTest {
  private static final RecordCodec<Prediction> CODEC = RecordCodec.predictions();
  private static final int EVENTS = 250;

  @TempDir static Path directory;
  private static List<Release> releases = List.of();

  @BeforeAll
  static void writeReleases() {
    TestReleases test = new TestReleases(directory);
    releases = List.of(test.write("cool", 4), test.write("hot", 20));
  }

  @ParameterizedTest(name = "{1} histories from seed {0}, batches of at most {2}, {3}")
  @CsvSource({
    "100, 12, 1, heap",
    "200, 12, 2, heap",
    "300, 12, 7, heap",
    "400, 12, 64, heap",
    "500, 12, 10000, heap",
    "600, 4, 1, rocksdb",
    "700, 4, 7, rocksdb",
    "800, 4, 10000, rocksdb"
  })
  void predictionsEqualThePlainReplayByteForByte(
      long seed, int histories, int batchEventsMax, String backend) throws Exception {
    for (long s = seed; s < seed + histories; s++) {
      List<LoggedEvent> log = GeneratedLog.of(s, EVENTS, releases);
      SortedMap<Position, byte[]> expected;
      try (PlainReplay replay = new PlainReplay(releases)) {
        expected = replay.run(log);
      }

      long openSupportBytesMax = s % 3 == 0 ? 1_000 : Long.MAX_VALUE;
      SortedMap<Position, byte[]> actual =
          run(log, batchEventsMax, openSupportBytesMax, backend, new Random(s));

      assertThat(expected).as("the history asks something").hasSizeGreaterThan(30);
      assertSameBytes(s, expected, actual);
    }
  }

  static void assertSameBytes(
      long seed, Map<Position, byte[]> expected, Map<Position, byte[]> actual) throws Exception {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    for (Map.Entry<Position, byte[]> entry : expected.entrySet()) {
      byte[] got = actual.getOrDefault(entry.getKey(), new byte[0]);
      // Decoded first, because a difference of records can be read.
      assertThat(CODEC.decode(got))
          .as("seed %s, query at %s", seed, entry.getKey())
          .isEqualTo(CODEC.decode(entry.getValue()));
      assertThat(got).isEqualTo(entry.getValue());
    }
  }

  static SortedMap<Position, byte[]> run(
      List<LoggedEvent> log,
      int batchEventsMax,
      long openSupportBytesMax,
      String backend,
      Random splits)
      throws Exception {
    AdaptOptions options =
        new AdaptOptions(
            directory.toString(), Device.CPU, batchEventsMax, 3, 20_000, openSupportBytesMax);
    try (var harness = harness(new AdaptOperator(options), backend)) {
      harness.open();
      int i = 0;
      for (Stamped event : Pipeline.stampedAndEncoded(log, directory, GeneratedLog.PARTITIONS)) {
        harness.processElement(event, 0);
        if (splits.nextInt(20) == 0) {
          harness.setProcessingTime(harness.getProcessingTime() + 5);
        } else if (splits.nextInt(40) == 0) {
          harness.prepareSnapshotPreBarrier(i++);
        }
      }
      harness.setProcessingTime(harness.getProcessingTime() + 5);
      return byPosition(harness.extractOutputValues());
    }
  }

  static SortedMap<Position, byte[]> byPosition(List<PredictionRecord> records) throws Exception {
    SortedMap<Position, byte[]> predictions = new TreeMap<>();
    for (PredictionRecord record : records) {
      Prediction prediction = CODEC.decode(record.value());
      assertThat(record.partition()).isEqualTo(prediction.partition());
      assertThat(
              predictions.put(
                  new Position(prediction.partition(), prediction.offset()), record.value()))
          .as("doubled prediction")
          .isNull();
    }
    return predictions;
  }

  static KeyedOneInputStreamOperatorTestHarness<String, Stamped, PredictionRecord> harness(
      AdaptOperator operator, String backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, Stamped::routingKey, Types.STRING);
    StateBackend chosen =
        backend.equals("rocksdb")
            ? new EmbeddedRocksDBStateBackend(true)
            : new HashMapStateBackend();
    harness.setStateBackend(chosen);
    harness.setup(
        PredictionRecord.TYPE.createSerializer(
            new org.apache.flink.api.common.ExecutionConfig().getSerializerConfig()));
    return harness;
  }
}
