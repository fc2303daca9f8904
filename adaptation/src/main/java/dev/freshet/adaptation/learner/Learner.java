package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A meta-learning algorithm, as two graphs over an initialisation.
 *
 * <p>The adapt graph takes the initialisation and a task's support and gives the task's parameters;
 * the predict graph takes these and queries and gives scores per head. Whatever fits this runs in
 * the streaming job: an inner loop is unrolled into the adapt graph, a closed form written out in
 * it, a ranker is one more head. {@link GraphContract} has the names and shapes.
 */
public interface Learner {
  /** As it appears in manifests and predictions. */
  String name();

  /** What it was built with. */
  Settings settings();

  /** Length of every support and query vector. */
  int features();

  /** Either all classification, or none: it decides what a support row's target is. */
  List<Head> heads();

  /** Names of the heads that answer a query which names none. */
  List<String> defaultHeads();

  /** What is meta-learned, by name: here as set by hand or before any training. */
  SortedMap<String, Tensor> initialization();

  /** (initialisation, support) to task parameters, batched over tasks. */
  Graph adaptGraph();

  /** (task parameters, queries) to scores, batched over tasks. */
  Graph predictGraph();

  /**
   * The adapt graph with one more output, {@link GraphContract#LEFT_OUT}: the logits by which rows
   * are answered by what is learned without {@link LeftOutHalf half of the examples}. Empty for a
   * learner that cannot say so at about the cost of adapting once.
   */
  default Optional<Graph> leftOutGraph() {
    return Optional.empty();
  }

  /** How the outer loop learns the initialisation. */
  default OuterGradient outerGradient() {
    return OuterGradient.OF_QUERY_LOSS;
  }

  /**
   * The adapt graph as the outer loop sees it: parameters that answer like those that are served,
   * but for what no gradient is to flow through or nothing is to be learned from, and more outputs
   * where {@link #outerGradient()} asks for them.
   */
  default Graph trainingGraph() {
    return adaptGraph();
  }

  /**
   * The predict graph as the outer loop sees it: the product of a head's scores over parts that are
   * each to answer well alone, where what is served joins them in a way that is not learned.
   */
  default Graph trainingPredictGraph() {
    return predictGraph();
  }
}
