package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Tasks through a learner's graphs one by one, without the runtime's batches and padding. */
final class Unpadded implements AutoCloseable {
  private final Learner learner;
  private final Graph adapt;
  private final Graph predict;
  private final CompiledGraph adapting;
  private final CompiledGraph predicting;

  Unpadded(Learner learner) {
    this.learner = learner;
    this.adapt = learner.adaptGraph();
    this.predict = learner.predictGraph();
    this.adapting = CompiledGraph.of(adapt, DeviceUnderTest.DEVICE);
    this.predicting = CompiledGraph.of(predict, DeviceUnderTest.DEVICE);
  }

  float[] scores(SupportSet support, float[] query) {
    Map<String, Tensor> values = new HashMap<>(learner.initialization());
    Task task = new Task(support, query);
    task.fill(values, adapt);
    values.putAll(adapting.run(values));
    task.fill(values, predict);
    Map<String, Tensor> scores = predicting.run(values);
    return Objects.requireNonNull(scores.get(GraphContract.scores("label"))).toArray();
  }

  @Override
  public void close() {
    adapting.close();
    predicting.close();
  }

  private static final class Task {
    private final SupportSet support;
    private final float[] query;

    Task(SupportSet support, float[] query) {
      this.support = support;
      this.query = query;
    }

    void fill(Map<String, Tensor> values, Graph graph) {
      graph
          .inputs()
          .forEach((name, node) -> values.computeIfAbsent(name, n -> input(n, node.shape())));
    }

    private Tensor input(String name, GraphShape shape) {
      float[] elements = new float[Shape.of(sizes(shape)).elements()];
      if (name.equals(GraphContract.WAY_MASK)) {
        Arrays.fill(elements, 1f);
      } else if (name.equals(GraphContract.QUERY_X)) {
        System.arraycopy(query, 0, elements, 0, query.length);
      } else {
        int at = 0;
        for (SupportSet.Row row : support.rowList()) {
          fill(name, elements, at, row);
          at++;
        }
      }
      return Tensor.of(Shape.of(sizes(shape)), elements);
    }

    private void fill(String name, float[] elements, int at, SupportSet.Row row) {
      switch (name) {
        case GraphContract.SUPPORT_X ->
            System.arraycopy(
                row.vector.values(), 0, elements, at * support.features(), support.features());
        case GraphContract.SUPPORT_Y -> elements[at * support.ways() + row.way] = 1f;
        case GraphContract.SUPPORT_MASK -> elements[at] = 1f;
        case GraphContract.SUPPORT_NAME ->
            elements[at] = row.kind == SupportSet.RowKind.NAME ? 1f : 0f;
        case GraphContract.SUPPORT_SQUARE -> elements[at] = row.vector.square();
        default -> throw new IllegalStateException("No value for input '" + name + "'.");
      }
    }

    private int[] sizes(GraphShape shape) {
      Map<Dim, Integer> symbols =
          Map.of(
              Dim.TASKS, 1, Dim.SUPPORT, support.rows(), Dim.WAYS, support.ways(), Dim.QUERIES, 1);
      return shape.dims().stream()
          .mapToInt(
              dim ->
                  dim instanceof Dim.Fixed fixed
                      ? fixed.size()
                      : Objects.requireNonNull(symbols.get(dim)))
          .toArray();
    }
  }
}
