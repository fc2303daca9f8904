package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.TaskKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the judge's stores: task, zero byte, query id, zero byte, and for a prediction the
 * query's position. All predictions of a (task, query) share the prefix that is their outcome's
 * key. A task's name holds no control character; a position's length is fixed, which tells a longer
 * query id apart.
 */
final class HeldKey {
  private static final int POSITION_BYTES = Integer.BYTES + Long.BYTES;

  private HeldKey() {}

  static Bytes outcomeOf(Prediction prediction) {
    return query(prediction.lineage(), prediction.task(), prediction.query());
  }

  static Bytes of(OutcomeObserved outcome) {
    return query(outcome.lineage(), outcome.task(), outcome.query());
  }

  static Bytes of(Prediction prediction) {
    byte[] query = outcomeOf(prediction).get();
    return Bytes.wrap(
        ByteBuffer.allocate(query.length + POSITION_BYTES)
            .put(query)
            .putInt(prediction.partition())
            .putLong(prediction.offset())
            .array());
  }

  /** Whether a key that starts with the outcome's key is a prediction of the same query. */
  static boolean isOfQuery(Bytes predictionKey, Bytes outcomeKey) {
    return predictionKey.get().length == outcomeKey.get().length + POSITION_BYTES;
  }

  private static Bytes query(String lineage, String task, String query) {
    byte[] taskKey = new TaskKey(lineage, task).bytes();
    byte[] queryId = query.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(taskKey.length + queryId.length + 2)
            .put(taskKey)
            .put((byte) 0)
            .put(queryId)
            .put((byte) 0)
            .array());
  }
}
