package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.autodiff.Gradients;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gradient steps over the parameters of a network, unrolled into a graph. Parameters are one set
 * per task from the start, stretched from what the tasks share; LazyExpansion takes the stretching
 * out where a step does not need it.
 */
final class InnerLoop {
  /**
   * What tells gradient learners apart.
   *
   * @param detached whether the outer loop takes the inner gradients for constants
   */
  record Kind(Rates.Kind rates, boolean detached, OuterGradient outer) {}

  /**
   * How the loop is written.
   *
   * @param dual with the first layer in dual form
   * @param lowRank in which case its task parameters may be of the support's size, not the layer's
   */
  record Form(boolean dual, boolean lowRank, boolean detached) {}

  private final GraphBuilder g;
  private final Body body;
  private final Form form;
  private final SupportLoss loss;
  private final Rates rates;
  private final Body.Layers shared;
  private final @Nullable DualFirstLayer dual;
  private final Node each;

  /** Of each task, before the first step. */
  private final Map<String, Node> startHead;

  /** By name: what each task has for itself and moves. */
  private final Map<String, Node> parameters = new LinkedHashMap<>();

  InnerLoop(GraphBuilder g, Body body, Form form, SupportLoss loss, Rates rates) {
    this.g = g;
    this.body = body;
    this.form = form;
    this.loss = loss;
    this.rates = rates;
    this.shared = body.declare(g);
    this.dual = form.dual() ? new DualFirstLayer(g, shared, rates, loss.x()) : null;
    this.each = g.unsqueeze(g.sum(loss.mask(), -1), 2);
    for (int layer = form.dual() ? 1 : 0; layer < body.layers(); layer++) {
      parameters.put(Body.weight(layer), forEachTask(shared.weights().get(layer)));
      parameters.put(Body.bias(layer), forEachTask(shared.biases().get(layer)));
    }
    Node h = body.applyAfterFirst(g, layers(), first());
    this.startHead = loss.startHead(g, h);
    parameters.putAll(startHead);
  }

  private Node forEachTask(Node of) {
    return g.expandLike(of, g.add(each, of));
  }

  private Node parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private Node first() {
    return dual != null ? dual.value() : Body.first(g, layers(), loss.x());
  }

  /** In dual form the first layer stays the shared one, and is not used. */
  private Body.Layers layers() {
    List<Node> layerWeights = new ArrayList<>();
    List<Node> biases = new ArrayList<>();
    for (int layer = 0; layer < body.layers(); layer++) {
      layerWeights.add(parameters.getOrDefault(Body.weight(layer), shared.weights().get(layer)));
      biases.add(parameters.getOrDefault(Body.bias(layer), shared.biases().get(layer)));
    }
    return new Body.Layers(layerWeights, biases);
  }

  InnerLoop run(int steps) {
    for (int step = 0; step < steps; step++) {
      step();
    }
    return this;
  }

  private void step() {
    Node first = first();
    Node h = body.applyAfterFirst(g, layers(), first);
    Node product = g.fusedMatMul(h, false, parameter(LinearScores.HEAD), true, 1f);
    Node given = g.add(product, parameter(LinearScores.BIAS));
    Node errors = loss.errors(g, given);

    List<Node> wrt = new ArrayList<>(parameters.values());
    if (dual != null) {
      wrt.add(first);
    }
    List<Node> gradients =
        Gradients.pullback(g, given, errors, wrt).stream()
            .map(gradient -> form.detached() ? g.detach(gradient) : gradient)
            .toList();
    if (dual != null) {
      dual.step(gradients.get(wrt.size() - 1));
    }
    int i = 0;
    for (var parameter : parameters.entrySet()) {
      Node move = rates.times(parameter.getKey(), gradients.get(i++));
      parameter.setValue(g.sub(parameter.getValue(), move));
    }
  }

  static String adapted(String tensor) {
    return "adapted_" + tensor;
  }

  /** The task parameters. */
  void outputs() {
    if (dual != null) {
      if (form.lowRank()) {
        dual.lowRankOutputs();
      } else {
        dual.denseOutputs();
      }
    }
    loss.outputHead(g, parameter(LinearScores.HEAD), parameter(LinearScores.BIAS));
    parameters.forEach(
        (name, node) -> {
          if (!isHead(name)) {
            g.output(adapted(name), node);
          }
        });
  }

  private static boolean isHead(String name) {
    return name.equals(LinearScores.HEAD) || name.equals(LinearScores.BIAS);
  }

  /** How far the shared parameters moved, summed over the tasks. */
  void displacements() {
    for (int layer = 0; layer < body.layers(); layer++) {
      displacement(Body.weight(layer), shared.weights().get(layer));
      displacement(Body.bias(layer), shared.biases().get(layer));
    }
    loss.learnedHead()
        .forEach(
            (head, learned) ->
                displacement(
                    learned, Objects.requireNonNull(startHead.get(head), head), parameter(head)));
  }

  private void displacement(String name, Node start) {
    displacement(name, start, parameter(name));
  }

  private void displacement(String learned, Node start, Node end) {
    Node moved = g.sub(start, end);
    g.output(GraphContract.displacement(learned), g.squeeze(g.sum(moved, 0), 0));
  }

  /** The layers after the first as inputs of a predict graph; the first is not to be used. */
  static Body.Layers declareAfterFirst(GraphBuilder g, Body body) {
    List<Node> layerWeights = new ArrayList<>(List.of(g.constant(0f)));
    List<Node> biases = new ArrayList<>(List.of(g.constant(0f)));
    for (int layer = 1; layer < body.layers(); layer++) {
      Dim width = Dim.of(body.widths().get(layer));
      Dim before = Dim.of(body.widthBefore(layer));
      layerWeights.add(g.input(adapted(Body.weight(layer)), Dim.TASKS, before, width));
      biases.add(g.input(adapted(Body.bias(layer)), Dim.TASKS, Dim.ONE, width));
    }
    return new Body.Layers(layerWeights, biases);
  }
}
