package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.ItemTarget;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The scores counted by a reader who has little room: the records of a partition, of both topics,
 * in the order of their timestamps; beyond a number of predictions and outcomes, the first leave.
 * For histories in which no two timestamps are equal and none goes back. Like {@link Recount} it
 * shares no code with the scoreboard and knows no retention.
 */
final class OrderedRecount {
  private final RecordCodec<Prediction> predictionCodec = RecordCodec.predictions();
  private final TaskEventCodec eventCodec = new TaskEventCodec();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final PlainScores scores = new PlainScores();
  private final int room;

  OrderedRecount(List<ConsumerRecord<byte[], byte[]>> records, int room) {
    this.room = room;
    Map<Integer, Window> windows = new HashMap<>();
    records.stream()
        .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
        .forEach(r -> windows.computeIfAbsent(r.partition(), p -> new Window()).read(r));
    windows.values().forEach(Window::letAllGo);
  }

  Map<String, ScoreRecord> scores() {
    return scores.byKey();
  }

  ScoreCounts counts() {
    return new ScoreCounts(counts);
  }

  private void count(Counter counter) {
    counts.merge(counter, 1L, Long::sum);
  }

  /** One of the two is there. */
  private static final class Seen {
    private final Optional<Prediction> prediction;
    private final Optional<OutcomeObserved> outcome;
    private boolean met;

    Seen(Optional<Prediction> prediction, Optional<OutcomeObserved> outcome) {
      this.prediction = prediction;
      this.outcome = outcome;
    }

    String query() {
      return prediction
          .map(p -> p.task() + "\n" + p.query())
          .orElseGet(() -> outcome.map(o -> o.task() + "\n" + o.query()).orElseThrow());
    }
  }

  /** What one partition remembers, oldest first. */
  private final class Window {
    private final List<Seen> seen = new ArrayList<>();

    void read(ConsumerRecord<byte[], byte[]> record) {
      boolean answers = record.topic().equals(Topics.PREDICTIONS);
      try {
        if (answers) {
          predicted(predictionCodec.decode(record.value()));
        } else if (eventCodec.decode(record.value()) instanceof OutcomeObserved outcome) {
          observed(outcome);
        }
      } catch (UndecodableException e) {
        count(answers ? Counter.PREDICTIONS_UNDECODABLE : Counter.EVENTS_UNDECODABLE);
      }
      while (seen.size() > room) {
        leave(seen.remove(0), Counter.PREDICTIONS_CROWDED_OUT, Counter.OUTCOMES_CROWDED_OUT);
      }
    }

    void letAllGo() {
      seen.forEach(
          s -> leave(s, Counter.PREDICTIONS_WITHOUT_OUTCOME, Counter.OUTCOMES_WITHOUT_PREDICTION));
    }

    private void predicted(Prediction prediction) {
      for (Seen s : seen) {
        if (s.prediction.filter(p -> p.offset() == prediction.offset()).isPresent()) {
          count(Counter.PREDICTION_DUPLICATES);
          return;
        }
      }
      count(Counter.PREDICTIONS);
      Seen added = new Seen(Optional.of(prediction), Optional.empty());
      List.copyOf(seen).stream()
          .filter(s -> s.outcome.isPresent() && s.query().equals(added.query()))
          .forEach(s -> meet(added, s));
      seen.add(added);
    }

    private void observed(OutcomeObserved outcome) {
      Seen added = new Seen(Optional.empty(), Optional.of(outcome));
      List<Seen> ofQuery = seen.stream().filter(s -> s.query().equals(added.query())).toList();
      for (Seen s : ofQuery) {
        if (s.outcome.isPresent()) {
          count(Counter.OUTCOME_DUPLICATES);
          if (!s.outcome.get().target().equals(outcome.target())) {
            count(Counter.OUTCOME_CONTRADICTIONS);
          }
          return;
        }
      }
      count(Counter.OUTCOMES);
      if (outcome.target() instanceof ItemTarget) {
        count(Counter.OUTCOMES_UNSUPPORTED);
      }
      ofQuery.forEach(s -> meet(s, added));
      seen.add(added);
    }

    private void meet(Seen prediction, Seen outcome) {
      // A prediction meets one outcome, also where that one has left and another one came.
      Target said = outcome.outcome.orElseThrow().target();
      if (!prediction.met && !(said instanceof ItemTarget)) {
        count(Counter.JUDGED);
        Prediction judged = prediction.prediction.orElseThrow();
        if (said instanceof LabelTarget truth) {
          scores.judge(judged, truth.label());
        } else {
          scores.judge(judged, ((NumberTarget) said).value());
        }
      }
      prediction.met = true;
      outcome.met = true;
    }

    private void leave(Seen s, Counter prediction, Counter outcome) {
      if (!s.met) {
        count(s.prediction.isPresent() ? prediction : outcome);
      }
    }
  }
}
