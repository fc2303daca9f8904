package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.DelegatingLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A learner whose metric's directions are weights, to be learned by gradient as a low-rank adapter
 * of the encoder's space: by another name, under which the trainer does not keep them as they are.
 * They need not stay orthonormal; no graph asks for that.
 */
final class LearnedAxes extends DelegatingLearner {
  private static final String FIXED = "metric_directions";
  private static final String LEARNED = "metric_axes";

  private final Learner learner;

  LearnedAxes(Learner learner) {
    super(learner);
    this.learner = learner;
  }

  /** The learner again, with what was learned under its own names. */
  TrainedLearner with(Map<String, Tensor> learned) {
    Map<String, Tensor> own = new TreeMap<>();
    learned.forEach((name, tensor) -> own.put(name.replace(LEARNED, FIXED), tensor));
    return new TrainedLearner(learner, own);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    learner.initialization().forEach((name, tensor) -> tensors.put(learned(name), tensor));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    return renamed("adapt", learner.adaptGraph());
  }

  @Override
  public Optional<Graph> leftOutGraph() {
    return learner.leftOutGraph().map(graph -> renamed("adapt", graph));
  }

  @Override
  public Graph predictGraph() {
    return renamed("predict", learner.predictGraph());
  }

  @Override
  public Graph trainingGraph() {
    return renamed("training", learner.trainingGraph());
  }

  @Override
  public Graph trainingPredictGraph() {
    return renamed("predict", learner.trainingPredictGraph());
  }

  private static Graph renamed(String name, Graph graph) {
    GraphBuilder g = new GraphBuilder(name);
    Map<String, Node> inputs = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(
            (input, node) ->
                inputs.put(
                    input, g.input(learned(input), node.shape().dims().toArray(new Dim[0]))));
    g.inline(graph, inputs).forEach(g::output);
    return g.build();
  }

  private static String learned(String name) {
    return name.replace(FIXED, LEARNED);
  }
}
