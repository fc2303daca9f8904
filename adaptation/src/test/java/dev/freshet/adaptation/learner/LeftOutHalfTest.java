package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.DeviceUnderTest;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeftOutHalfTest {
  private static final int WAYS = 3;

  /** Names of 0 and 1, then examples: of 0 five, of 1 two, of 2 one; then padding. */
  private static final int[] LABELS = {0, 1, 0, 1, 0, 0, 2, 1, 0, 0};

  private static final int NAMES = 2;
  private static final int PADDED = LABELS.length + 2;

  @Test
  void everyOtherExampleOfALabelIsLeftOutFromTheFirstOn() {
    GraphBuilder g = new GraphBuilder("half");
    Graph graph = g.output("out", LeftOutHalf.of(g, SupportInputs.declare(g, 1))).build();
    double[] y = new double[PADDED * WAYS];
    double[] mask = new double[PADDED];
    double[] name = new double[PADDED];
    for (int i = 0; i < LABELS.length; i++) {
      y[i * WAYS + LABELS[i]] = 1;
      mask[i] = 1;
      name[i] = i < NAMES ? 1 : 0;
    }
    Map<String, Float64Array> inputs = new HashMap<>();
    inputs.put(
        GraphContract.SUPPORT_X, new Float64Array(new int[] {1, PADDED, 1}, new double[PADDED]));
    inputs.put(GraphContract.SUPPORT_Y, new Float64Array(new int[] {1, PADDED, WAYS}, y));
    inputs.put(GraphContract.SUPPORT_MASK, new Float64Array(new int[] {1, PADDED}, mask));
    inputs.put(GraphContract.SUPPORT_NAME, new Float64Array(new int[] {1, PADDED}, name));
    double[] ways = {1, 1, 1};
    inputs.put(GraphContract.WAY_MASK, new Float64Array(new int[] {1, WAYS}, ways));
    double[] half = {0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0};
    assertThat(Objects.requireNonNull(Float64Run.run(graph, inputs).get("out")).values())
        .containsExactly(half);
    Map<String, Tensor> rounded = new HashMap<>();
    inputs.forEach((key, array) -> rounded.put(key, array.toTensor()));
    try (CompiledGraph compiled = CompiledGraph.of(graph, DeviceUnderTest.DEVICE)) {
      Tensor out = Objects.requireNonNull(compiled.run(rounded).get("out"));
      assertThat(Float64Array.of(out).values()).containsExactly(half);
    }
  }
}
