package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;

/**
 * An outcome in the store. It stays after it met a prediction: the query may be asked again, and
 * the outcome told again.
 *
 * @param timestampMillis of its record
 * @param met whether it met a prediction
 */
record HeldOutcome(long timestampMillis, boolean met, OutcomeObserved outcome) {
  HeldOutcome havingMet() {
    return new HeldOutcome(timestampMillis, true, outcome);
  }
}
