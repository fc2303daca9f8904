package dev.freshet.scoreboard;

import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Wires a {@link Judge} to its stores and to the time of the stream. */
final class JudgeProcessor implements Processor<byte[], Arrival, String, Tally> {
  private static final String KEY = "tally";

  private final Duration retention;
  private final int openMax;
  private @Nullable ProcessorContext<String, Tally> context;
  private @Nullable Judge judge;

  JudgeProcessor(Duration retention, int openMax) {
    this.retention = retention;
    this.openMax = openMax;
  }

  /** Called when the stores are restored. */
  @Override
  public void init(ProcessorContext<String, Tally> context) {
    this.context = context;
    this.judge =
        new Judge(
            context.getStateStore(ScoreTopology.PREDICTIONS_STORE),
            context.getStateStore(ScoreTopology.OUTCOMES_STORE),
            retention,
            openMax);
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    ProcessorContext<String, Tally> out = Objects.requireNonNull(context, "not initialised");
    Tally.Builder tally = new Tally.Builder();
    Judge judges = Objects.requireNonNull(judge, "not initialised");
    judges.forgetUntil(out.currentStreamTimeMs(), tally);
    take(judges, record.value(), record.timestamp(), tally);
    judges.makeRoom(tally);
    // New records, because headers of the input have no business on the scoreboard's topics.
    tally.build().forEach(part -> out.forward(new Record<>(KEY, part, record.timestamp())));
  }

  private static void take(
      Judge judge, Arrival arrival, long timestampMillis, Tally.Builder tally) {
    if (arrival instanceof Arrival.Predicted predicted) {
      judge.predicted(predicted.prediction(), timestampMillis, tally);
    } else if (arrival instanceof Arrival.Observed observed) {
      judge.observed(observed.outcome(), timestampMillis, tally);
    } else if (arrival instanceof Arrival.Undecodable undecodable) {
      tally.count(undecodable.counter());
    }
  }
}
