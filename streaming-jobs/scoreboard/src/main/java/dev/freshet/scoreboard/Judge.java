package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.ItemTarget;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.Target.NumberTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets the predictions and outcomes of one partition meet, whichever comes first.
 *
 * <p>The first prediction of a position and the first outcome of a (task, query) count. Both stay
 * in their store until they are older than the retention, also after they met: only so long are
 * repetitions recognised, and only so long does a query asked again find its outcome. Where more
 * are held than there is room for, the oldest leave before that.
 */
final class Judge {
  private final KeyValueStore<Bytes, HeldPrediction> predictions;
  private final KeyValueStore<Bytes, HeldOutcome> outcomes;
  private final long retentionMillis;
  private final int openMax;
  // Follows from the stores, so it is no state of its own: it is rebuilt whenever they are. No two
  // are equal in this order, so who leaves first does not depend on when it was rebuilt.
  private final PriorityQueue<Held> oldestFirst =
      new PriorityQueue<>(
          Comparator.comparingLong(Held::timestampMillis)
              .thenComparing(Held::kind)
              .thenComparing(Held::key));

  private enum Kind {
    PREDICTION,
    OUTCOME
  }

  private record Held(long timestampMillis, Kind kind, Bytes key) {}

  /** Takes up what the stores hold. */
  Judge(
      KeyValueStore<Bytes, HeldPrediction> predictions,
      KeyValueStore<Bytes, HeldOutcome> outcomes,
      Duration retention,
      int openMax) {
    this.predictions = predictions;
    this.outcomes = outcomes;
    this.retentionMillis = retention.toMillis();
    this.openMax = openMax;
    try (KeyValueIterator<Bytes, HeldPrediction> held = predictions.all()) {
      held.forEachRemaining(
          p -> oldestFirst.add(new Held(p.value.timestampMillis(), Kind.PREDICTION, p.key)));
    }
    try (KeyValueIterator<Bytes, HeldOutcome> held = outcomes.all()) {
      held.forEachRemaining(
          o -> oldestFirst.add(new Held(o.value.timestampMillis(), Kind.OUTCOME, o.key)));
    }
  }

  void predicted(Prediction prediction, long timestampMillis, Tally.Builder tally) {
    Bytes key = HeldKey.of(prediction);
    if (predictions.get(key) != null) {
      tally.count(Counter.PREDICTION_DUPLICATES);
      return;
    }
    tally.count(Counter.PREDICTIONS);
    Bytes outcomeKey = HeldKey.outcomeOf(prediction);
    Optional<HeldOutcome> outcome = Optional.ofNullable(outcomes.get(outcomeKey));
    if (outcome.isPresent()) {
      predictions.put(key, HeldPrediction.settled(timestampMillis));
      outcomes.put(outcomeKey, outcome.get().havingMet());
      judge(prediction, outcome.get().outcome().target(), tally);
    } else {
      predictions.put(key, HeldPrediction.open(timestampMillis, prediction));
    }
    oldestFirst.add(new Held(timestampMillis, Kind.PREDICTION, key));
  }

  void observed(OutcomeObserved outcome, long timestampMillis, Tally.Builder tally) {
    Bytes key = HeldKey.of(outcome);
    Optional<HeldOutcome> first = Optional.ofNullable(outcomes.get(key));
    if (first.isPresent()) {
      tally.count(Counter.OUTCOME_DUPLICATES);
      if (!first.get().outcome().target().equals(outcome.target())) {
        tally.count(Counter.OUTCOME_CONTRADICTIONS);
      }
      return;
    }
    tally.count(Counter.OUTCOMES);
    if (outcome.target() instanceof ItemTarget) {
      tally.count(Counter.OUTCOMES_UNSUPPORTED);
    }
    List<KeyValue<Bytes, HeldPrediction>> waiting = predictionsOf(key);
    for (KeyValue<Bytes, HeldPrediction> held : waiting) {
      predictions.put(held.key, HeldPrediction.settled(held.value.timestampMillis()));
      held.value.open().ifPresent(prediction -> judge(prediction, outcome.target(), tally));
    }
    outcomes.put(key, new HeldOutcome(timestampMillis, !waiting.isEmpty(), outcome));
    oldestFirst.add(new Held(timestampMillis, Kind.OUTCOME, key));
  }

  /** Lets go of what is older than the retention at this time of the stream. */
  void forgetUntil(long streamTimeMillis, Tally.Builder tally) {
    for (Held oldest = oldestFirst.peek();
        oldest != null && streamTimeMillis - oldest.timestampMillis() > retentionMillis;
        oldest = oldestFirst.peek()) {
      switch (forget(oldestFirst.remove())) {
        case OPEN_PREDICTION -> tally.count(Counter.PREDICTIONS_WITHOUT_OUTCOME);
        case OPEN_OUTCOME -> tally.count(Counter.OUTCOMES_WITHOUT_PREDICTION);
        case HAD_MET -> {}
      }
    }
  }

  /** Lets go of the oldest where more is held than there is room for. */
  void makeRoom(Tally.Builder tally) {
    while (oldestFirst.size() > openMax) {
      switch (forget(oldestFirst.remove())) {
        case OPEN_PREDICTION -> tally.count(Counter.PREDICTIONS_CROWDED_OUT);
        case OPEN_OUTCOME -> tally.count(Counter.OUTCOMES_CROWDED_OUT);
        case HAD_MET -> {}
      }
    }
  }

  private enum Forgotten {
    OPEN_PREDICTION,
    OPEN_OUTCOME,
    HAD_MET
  }

  private Forgotten forget(Held oldest) {
    return switch (oldest.kind()) {
      case PREDICTION -> {
        HeldPrediction held = predictions.delete(oldest.key());
        yield held != null && held.open().isPresent()
            ? Forgotten.OPEN_PREDICTION
            : Forgotten.HAD_MET;
      }
      case OUTCOME -> {
        HeldOutcome held = outcomes.delete(oldest.key());
        yield held != null && !held.met() ? Forgotten.OPEN_OUTCOME : Forgotten.HAD_MET;
      }
    };
  }

  private List<KeyValue<Bytes, HeldPrediction>> predictionsOf(Bytes outcomeKey) {
    List<KeyValue<Bytes, HeldPrediction>> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, HeldPrediction> held =
        predictions.prefixScan(outcomeKey, new BytesSerializer())) {
      held.forEachRemaining(
          p -> {
            if (HeldKey.isOfQuery(p.key, outcomeKey)) {
              found.add(p);
            }
          });
    }
    return found;
  }

  private static void judge(Prediction prediction, Target truth, Tally.Builder tally) {
    if (truth instanceof LabelTarget label) {
      tally.count(Counter.JUDGED);
      Scoring.judge(prediction, label).forEach(tally::score);
    } else if (truth instanceof NumberTarget number) {
      tally.count(Counter.JUDGED);
      NumberScoring.judge(prediction, number).forEach(tally::score);
    }
  }
}
