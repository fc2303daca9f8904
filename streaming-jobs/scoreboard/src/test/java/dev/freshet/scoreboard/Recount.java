package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target.ItemTarget;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.UndecodableException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The scores written a second time, as anybody would count them: read both topics whole, then look
 * up each answer's outcome. Shares no code with the scoreboard but the schemas; knows no retention,
 * so it holds for a history in which whatever did not meet has been let go.
 */
final class Recount {
  private final RecordCodec<Prediction> predictionCodec = RecordCodec.predictions();
  private final TaskEventCodec eventCodec = new TaskEventCodec();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final PlainScores scores = new PlainScores();
  private final Map<String, Prediction> predictions = new LinkedHashMap<>();
  private final Map<String, OutcomeObserved> outcomes = new HashMap<>();

  Recount(
      List<ConsumerRecord<byte[], byte[]>> predictionRecords,
      List<ConsumerRecord<byte[], byte[]>> eventRecords) {
    predictionRecords.forEach(this::readPrediction);
    eventRecords.forEach(this::readEvent);
    predictions.values().forEach(this::judge);
    countUnmatchedOutcomes();
  }

  Map<String, ScoreRecord> scores() {
    return scores.byKey();
  }

  ScoreCounts counts() {
    return new ScoreCounts(counts);
  }

  private void readPrediction(ConsumerRecord<byte[], byte[]> record) {
    try {
      Prediction prediction = predictionCodec.decode(record.value());
      String position = prediction.partition() + "@" + prediction.offset();
      boolean first = predictions.putIfAbsent(position, prediction) == null;
      count(first ? Counter.PREDICTIONS : Counter.PREDICTION_DUPLICATES);
    } catch (UndecodableException e) {
      count(Counter.PREDICTIONS_UNDECODABLE);
    }
  }

  private void readEvent(ConsumerRecord<byte[], byte[]> record) {
    try {
      TaskEvent event = eventCodec.decode(record.value());
      if (event instanceof OutcomeObserved outcome) {
        readOutcome(outcome);
      }
    } catch (UndecodableException e) {
      count(Counter.EVENTS_UNDECODABLE);
    }
  }

  private void readOutcome(OutcomeObserved outcome) {
    OutcomeObserved first = outcomes.putIfAbsent(outcome.task() + "\n" + outcome.query(), outcome);
    if (first == null) {
      count(Counter.OUTCOMES);
      if (outcome.target() instanceof ItemTarget) {
        count(Counter.OUTCOMES_UNSUPPORTED);
      }
      return;
    }
    count(Counter.OUTCOME_DUPLICATES);
    if (!first.target().equals(outcome.target())) {
      count(Counter.OUTCOME_CONTRADICTIONS);
    }
  }

  private void judge(Prediction prediction) {
    OutcomeObserved outcome = outcomes.get(prediction.task() + "\n" + prediction.query());
    if (outcome == null) {
      count(Counter.PREDICTIONS_WITHOUT_OUTCOME);
    } else if (outcome.target() instanceof LabelTarget truth) {
      count(Counter.JUDGED);
      scores.judge(prediction, truth.label());
    } else if (outcome.target() instanceof NumberTarget truth) {
      count(Counter.JUDGED);
      scores.judge(prediction, truth.value());
    }
  }

  private void countUnmatchedOutcomes() {
    Map<String, Prediction> asked = new HashMap<>();
    predictions.values().forEach(p -> asked.put(p.task() + "\n" + p.query(), p));
    outcomes.keySet().stream()
        .filter(query -> !asked.containsKey(query))
        .forEach(query -> count(Counter.OUTCOMES_WITHOUT_PREDICTION));
  }

  private void count(Counter counter) {
    counts.merge(counter, 1L, Long::sum);
  }
}
