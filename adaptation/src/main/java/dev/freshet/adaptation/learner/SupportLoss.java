package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.Map;

/**
 * What an inner loop descends: the loss of a support, with the head that begins it. Heads are
 * {@link LinearScores#HEAD} and {@link LinearScores#BIAS}, one set per task.
 */
interface SupportLoss {
  /** [tasks, support, features]. */
  Node x();

  /** 1 for a row, 0 for padding, [tasks, support]. */
  Node mask();

  /**
   * The head before the first step, by name.
   *
   * @param h what the body makes of the support, [tasks, support, width]
   */
  Map<String, Node> startHead(GraphBuilder g, Node h);

  /**
   * The derivative of the loss by what the head gives. To be called after {@link #startHead}.
   *
   * @param given h · head + bias, [tasks, support, ways]
   */
  Node errors(GraphBuilder g, Node given);

  /** Writes the head after the last step as task parameters. */
  void outputHead(GraphBuilder g, Node head, Node bias);

  /** Tensors of the initialisation that a head begins as, by the head's own names. */
  Map<String, String> learnedHead();
}
