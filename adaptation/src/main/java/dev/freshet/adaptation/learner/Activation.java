package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/** What stands between two layers. */
public enum Activation {
  RELU,
  /** Smooth: its second derivative is one everywhere. */
  TANH;

  Node apply(GraphBuilder g, Node a) {
    return switch (this) {
      case RELU -> g.relu(a);
      case TANH -> g.tanh(a);
    };
  }
}
