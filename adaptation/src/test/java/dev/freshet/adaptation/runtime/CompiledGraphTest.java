package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompiledGraphTest {
  private final CompiledGraph graph = CompiledGraph.of(scaled(), DeviceUnderTest.DEVICE);

  private static Graph scaled() {
    GraphBuilder g = new GraphBuilder("scaled");
    Node x = g.input("x", Dim.TASKS, Dim.of(2));
    Node scale = g.input("scale", Dim.TASKS, Dim.ONE);
    return g.output("y", g.mul(x, scale)).output("minus", g.neg(x)).build();
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void givesAllOutputsForAnySize() {
    for (int tasks = 1; tasks < 4; tasks++) {
      Tensor x = Tensor.full(Shape.of(tasks, 2), 3f);
      Tensor scale = Tensor.full(Shape.of(tasks, 1), 2f);
      assertThat(graph.run(Map.of("x", x, "scale", scale, "other", x)))
          .containsEntry("y", Tensor.full(Shape.of(tasks, 2), 6f))
          .containsEntry("minus", Tensor.full(Shape.of(tasks, 2), -3f))
          .hasSize(2);
    }
  }

  @Test
  void refusesInputsThatDoNotFit() {
    Tensor x = Tensor.full(Shape.of(3, 2), 1f);
    assertThatThrownBy(() -> graph.run(Map.of("x", x)))
        .hasMessageContaining("No tensor for input 'scale'");
    Tensor other = Tensor.full(Shape.of(2, 1), 1f);
    assertThatThrownBy(() -> graph.run(Map.of("x", x, "scale", other)))
        .hasMessageContaining("'scale' of graph 'scaled' is [2, 1], expected [tasks, 1]");
    assertThatThrownBy(() -> graph.run(Map.of("x", other, "scale", other)))
        .hasMessageContaining("'x' of graph 'scaled' is [2, 1], expected [tasks, 2]");
  }
}
