package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A learner whose initialisation has been learned: what a trainer makes a release of. */
public final class TrainedLearner implements Learner {
  private final Learner learner;
  private final SortedMap<String, Tensor> initialization;

  /**
   * Puts learned tensors in the place of the untrained.
   *
   * @param learned all of the learner's tensors or some, each of the shape it has there
   */
  public TrainedLearner(Learner learner, Map<String, Tensor> learned) {
    this.learner = learner;
    this.initialization = new TreeMap<>(learner.initialization());
    learned.forEach(this::replace);
  }

  private void replace(String name, Tensor tensor) {
    Tensor before = initialization.get(name);
    if (before == null || !before.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException(
          "Tensor '%s' is %s, but learner '%s' has %s."
              .formatted(
                  name,
                  tensor.shape(),
                  learner.name(),
                  before == null ? initialization.keySet() : before.shape()));
    }
    initialization.put(name, tensor);
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
    return new TreeMap<>(initialization);
  }

  @Override
  public Graph adaptGraph() {
    return learner.adaptGraph();
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
