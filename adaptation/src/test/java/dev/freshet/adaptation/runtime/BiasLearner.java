package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A learner as different from prototypes as the contract allows, to show that it holds: numbers as
 * targets, two heads, a parameter with a support axis, one gradient step, and an initialisation
 * that the predict graph takes too. Its products have a single column, shared by all tasks and per
 * task.
 */
final class BiasLearner implements Learner {
  private final int features;
  private final float weight;

  BiasLearner(int features, float weight) {
    this.features = features;
    this.weight = weight;
  }

  @Override
  public String name() {
    return "bias";
  }

  @Override
  public Settings settings() {
    return Settings.of(List.of(), Map.of());
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public List<Head> heads() {
    return List.of(Head.scoring("rating"), Head.ranking("rank"));
  }

  @Override
  public List<String> defaultHeads() {
    return List.of("rating");
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    Tensor weights = Tensor.full(Shape.of(features, 1), weight);
    return new TreeMap<>(Map.of("weights", weights));
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    Node weights = g.input("weights", Dim.of(features), Dim.ONE);
    Node x = g.input(GraphContract.SUPPORT_X, Dim.TASKS, Dim.SUPPORT, Dim.of(features));
    Node y = g.input(GraphContract.SUPPORT_Y, Dim.TASKS, Dim.SUPPORT, Dim.ONE);
    Node mask = g.unsqueeze(g.input(GraphContract.SUPPORT_MASK, Dim.TASKS, Dim.SUPPORT), 2);
    Node errors = g.mul(mask, g.sub(y, g.tanh(g.matMul(x, weights))));
    Node count = g.max(g.fusedMatMul(mask, true, mask, false, 1f), g.constant(1f));
    Node bias = g.div(g.fusedMatMul(mask, true, errors, false, 1f), count);
    Node step = g.fusedMatMul(x, true, errors, false, 0.1f);
    return g.output("bias", bias).output("errors", errors).output("step", step).build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node bias = g.input("bias", Dim.TASKS, Dim.ONE, Dim.ONE);
    Node weights = g.input("weights", Dim.of(features), Dim.ONE);
    Node x = g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features));
    Node step = g.input("step", Dim.TASKS, Dim.of(features), Dim.ONE);
    Node rank = g.tanh(g.matMul(x, weights));
    Node rating = g.add(g.add(rank, bias), g.matMul(x, step));
    return g.output("scores_rating", rating).output("scores_rank", rank).build();
  }
}
