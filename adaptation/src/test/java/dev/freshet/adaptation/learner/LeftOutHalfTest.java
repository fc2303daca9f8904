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
  /** Names of 0 and 1, then examples: of 0 five, of 1 two, of 2 one; then padding. */
  private static final int[] LABELS = {0, 1, 0, 1, 0, 0, 2, 1, 0, 0};

  private static final int NAMES = 2;
  private static final int PADDED = LABELS.length + 2;

  @Test
  void everyOtherExampleOfALabelIsLeftOutFromTheFirstOn() {
    GraphBuilder g = new GraphBuilder("half");
    Graph graph = g.output("out", LeftOutHalf.of(g, SupportInputs.declare(g, 1))).build();
    Map<String, Float64Array> inputs = LabelledRows.inputs(LABELS, NAMES, PADDED, 1, 1, 1);
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
