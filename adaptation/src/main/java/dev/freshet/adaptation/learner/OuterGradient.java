package dev.freshet.adaptation.learner;

/** Where the outer loop gets the direction for an initialisation from. */
public enum OuterGradient {
  /**
   * The gradient of the queries' loss, through {@link Learner#trainingGraph()} and {@link
   * Learner#trainingPredictGraph()}.
   */
  OF_QUERY_LOSS,
  /**
   * What adapting moved: {@link Learner#trainingGraph()} has an output {@link
   * GraphContract#displacement} for each tensor that it moves, before minus after, summed over the
   * tasks. Queries play no part.
   */
  DISPLACEMENT
}
