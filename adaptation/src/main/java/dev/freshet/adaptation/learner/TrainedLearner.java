package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A learner whose initialisation has been learned: what a trainer makes a release of. */
public final class TrainedLearner extends DelegatingLearner {
  private final SortedMap<String, Tensor> initialization;

  /**
   * Puts learned tensors in the place of the untrained.
   *
   * @param learned all of the learner's tensors or some, each of the shape it has there
   */
  public TrainedLearner(Learner learner, Map<String, Tensor> learned) {
    super(learner);
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
                  name(),
                  before == null ? initialization.keySet() : before.shape()));
    }
    initialization.put(name, tensor);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    return new TreeMap<>(initialization);
  }
}
