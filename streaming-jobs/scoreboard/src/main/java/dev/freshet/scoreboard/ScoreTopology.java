package dev.freshet.scoreboard;

import dev.freshet.schemas.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The flow of the scoreboard, in two halves.
 *
 * <pre>{@code
 * predictions --+
 *               +--> judge (one per partition) --> tallies (one partition) --> totals --> scores
 * task events --+
 * }</pre>
 *
 * <p>Every node and store has a name: their topics must be found again by the next version.
 */
final class ScoreTopology {
  static final String PREDICTIONS_STORE = "predictions";
  static final String OUTCOMES_STORE = "outcomes";
  static final String SCORES_STORE = "scores";
  static final String COUNTS_STORE = "counts";

  private ScoreTopology() {}

  static Topology build(Duration retention, int openMax) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        inMemory(PREDICTIONS_STORE, Serdes.Bytes(), StoredBytes.heldPredictions()));
    builder.addStateStore(inMemory(OUTCOMES_STORE, Serdes.Bytes(), StoredBytes.heldOutcomes()));
    builder.addStateStore(inMemory(SCORES_STORE, Serdes.String(), StoredBytes.scores()));
    builder.addStateStore(inMemory(COUNTS_STORE, Serdes.String(), Serdes.Long()));
    ArrivalReader reader = new ArrivalReader();
    KStream<byte[], Arrival> predictions =
        source(builder, Topics.PREDICTIONS, "predictions")
            .mapValues(reader::prediction, Named.as("read-predictions"));
    KStream<byte[], Arrival> events =
        source(builder, Topics.TASK_EVENTS, "task-events")
            .mapValues(reader::event, Named.as("read-events"));
    predictions
        .merge(events, Named.as("arrivals"))
        .process(
            () -> new JudgeProcessor(retention, openMax),
            Named.as("judge"),
            PREDICTIONS_STORE,
            OUTCOMES_STORE)
        .repartition(
            Repartitioned.with(Serdes.String(), StoredBytes.tallies())
                .withName("tallies")
                .withNumberOfPartitions(1))
        .process(TotalsProcessor::new, Named.as("totals"), SCORES_STORE, COUNTS_STORE)
        .to(
            Topics.SCORES,
            Produced.with(Serdes.String(), StoredBytes.scores()).withName("publish-scores"));
    return builder.build();
  }

  private static KStream<byte[], byte[]> source(StreamsBuilder builder, String topic, String name) {
    return builder.stream(
        topic, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name + "-source"));
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> inMemory(
      String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values);
  }
}
