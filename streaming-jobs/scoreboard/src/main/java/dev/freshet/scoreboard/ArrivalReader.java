package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the input topics. Never throws: what cannot be read is an arrival too.
 *
 * <p>Refuses what the adaptation job refuses for its form (too large, another task's key), so that
 * an outcome which never became history is not scored either.
 */
final class ArrivalReader {
  private final RecordCodec<Prediction> predictions = RecordCodec.predictions();
  private final TaskEventCodec events = new TaskEventCodec();

  Arrival prediction(byte @Nullable [] key, byte @Nullable [] value) {
    if (key == null || value == null) {
      return new Arrival.Undecodable(Counter.PREDICTIONS_UNDECODABLE);
    }
    try {
      Prediction prediction = predictions.decode(value);
      return isKeyOf(prediction.lineage(), prediction.task(), key)
          ? new Arrival.Predicted(prediction)
          : new Arrival.Undecodable(Counter.PREDICTIONS_UNDECODABLE);
    } catch (UndecodableException e) {
      return new Arrival.Undecodable(Counter.PREDICTIONS_UNDECODABLE);
    }
  }

  Arrival event(byte @Nullable [] key, byte @Nullable [] value) {
    if (value == null || value.length > Topics.EVENT_BYTES_MAX) {
      return new Arrival.Undecodable(Counter.EVENTS_UNDECODABLE);
    }
    try {
      TaskEvent event = events.decode(value);
      if (!(event instanceof OutcomeObserved outcome)) {
        return new Arrival.OfNoConcern();
      }
      return key != null && isKeyOf(outcome.lineage(), outcome.task(), key)
          ? new Arrival.Observed(outcome)
          : new Arrival.Undecodable(Counter.EVENTS_UNDECODABLE);
    } catch (UndecodableException e) {
      return new Arrival.Undecodable(Counter.EVENTS_UNDECODABLE);
    }
  }

  private static boolean isKeyOf(String lineage, String task, byte[] key) {
    return Arrays.equals(new TaskKey(lineage, task).bytes(), key);
  }
}
