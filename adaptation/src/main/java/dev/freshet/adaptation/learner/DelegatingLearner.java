package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Another learner, but for what a subclass overrides. */
public abstract class DelegatingLearner implements Learner {
  private final Learner learner;

  protected DelegatingLearner(Learner learner) {
    this.learner = learner;
  }

  @Override
  public String name() {
    return learner.name();
  }

  @Override
  public Settings settings() {
    return learner.settings();
  }

  @Override
  public int features() {
    return learner.features();
  }

  @Override
  public List<Head> heads() {
    return learner.heads();
  }

  @Override
  public List<String> defaultHeads() {
    return learner.defaultHeads();
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    return learner.initialization();
  }

  @Override
  public Graph adaptGraph() {
    return learner.adaptGraph();
  }

  @Override
  public Optional<Graph> leftOutGraph() {
    return learner.leftOutGraph();
  }

  @Override
  public Graph predictGraph() {
    return learner.predictGraph();
  }

  @Override
  public OuterGradient outerGradient() {
    return learner.outerGradient();
  }

  @Override
  public Graph trainingGraph() {
    return learner.trainingGraph();
  }

  @Override
  public Graph trainingPredictGraph() {
    return learner.trainingPredictGraph();
  }
}
