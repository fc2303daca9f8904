package dev.freshet.scoreboard;

import dev.freshet.schemas.ScoreRecord;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Adds the tallies of all partitions up and publishes every score that changed. */
final class TotalsProcessor implements Processor<String, Tally, String, ScoreRecord> {
  private @Nullable ProcessorContext<String, ScoreRecord> context;
  private @Nullable KeyValueStore<String, ScoreRecord> scores;
  private @Nullable KeyValueStore<String, Long> counts;

  @Override
  public void init(ProcessorContext<String, ScoreRecord> context) {
    this.context = context;
    this.scores = context.getStateStore(ScoreTopology.SCORES_STORE);
    this.counts = context.getStateStore(ScoreTopology.COUNTS_STORE);
  }

  @Override
  public void process(Record<String, Tally> record) {
    record.value().counts().forEach(this::count);
    record.value().scores().forEach(delta -> score(delta, record.timestamp()));
  }

  private void count(Counter counter, long delta) {
    KeyValueStore<String, Long> store = Objects.requireNonNull(counts, "not initialised");
    Long before = store.get(counter.name());
    store.put(counter.name(), (before == null ? 0 : before) + delta);
  }

  private void score(ScoreRecord delta, long timestampMillis) {
    KeyValueStore<String, ScoreRecord> store = Objects.requireNonNull(scores, "not initialised");
    ScoreRecord before = store.get(delta.key());
    ScoreRecord after = before == null ? delta : Scoring.sum(before, delta);
    store.put(delta.key(), after);
    Objects.requireNonNull(context, "not initialised")
        .forward(new Record<>(delta.key(), after, timestampMillis));
  }
}
