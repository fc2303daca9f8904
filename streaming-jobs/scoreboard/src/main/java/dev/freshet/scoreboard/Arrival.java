package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;

/** What a record of one of the two input topics means to the scoreboard. */
sealed interface Arrival {
  /** A query was answered. */
  record Predicted(Prediction prediction) implements Arrival {}

  /** The truth about a query became known. */
  record Observed(OutcomeObserved outcome) implements Arrival {}

  /** Bytes that are not what their topic holds; the job keeps them, here they are counted. */
  record Undecodable(Counter counter) implements Arrival {}

  /** An event that says nothing about any answer. It moves time on, as every record does. */
  record OfNoConcern() implements Arrival {}
}
