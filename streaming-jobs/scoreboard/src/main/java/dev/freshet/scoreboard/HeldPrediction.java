package dev.freshet.scoreboard;

import dev.freshet.schemas.Prediction;
import java.util.Optional;

/**
 * A prediction in the store: itself while it waits for an outcome, afterwards only the fact that
 * its position was answered, so that a retry is recognised.
 *
 * @param timestampMillis of its record
 * @param open the prediction, until it has met its outcome
 */
record HeldPrediction(long timestampMillis, Optional<Prediction> open) {
  static HeldPrediction open(long timestampMillis, Prediction prediction) {
    return new HeldPrediction(timestampMillis, Optional.of(prediction));
  }

  static HeldPrediction settled(long timestampMillis) {
    return new HeldPrediction(timestampMillis, Optional.empty());
  }
}
