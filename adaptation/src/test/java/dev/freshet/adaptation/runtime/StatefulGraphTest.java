package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatefulGraphTest {
  private static final Map<String, String> NEXT = Map.of("total", "next_total");

  private final StatefulGraph graph = StatefulGraph.of(running(), NEXT, DeviceUnderTest.DEVICE);

  /** A running total, and how far it went. */
  private static Graph running() {
    GraphBuilder g = new GraphBuilder("running");
    Node total = g.input("total", Dim.of(2));
    Node more = g.input("more", Dim.of(2));
    return g.output("next_total", g.add(total, more)).output("twice", g.add(more, more)).build();
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void stateGoesFromRunToRunWhenAccepted() {
    graph.set(Map.of("total", Tensor.vector(1, 2)));
    assertThat(graph.run(Map.of("more", Tensor.vector(10, 20))))
        .isEqualTo(Map.of("twice", Tensor.vector(20, 40)));
    assertThat(graph.state()).containsEntry("total", Tensor.vector(1, 2));
    graph.accept();
    assertThat(graph.state()).containsEntry("total", Tensor.vector(11, 22));
    graph.run(Map.of("more", Tensor.vector(1, 1)));
    graph.accept();
    assertThat(graph.state()).isEqualTo(Map.of("total", Tensor.vector(12, 23)));
  }

  /** A step that came to nothing leaves no trace. */
  @Test
  void whatIsNotAcceptedIsForgotten() {
    graph.run(Map.of("more", Tensor.vector(Float.NaN, 1)));
    graph.run(Map.of("more", Tensor.vector(3, 4)));
    graph.accept();
    assertThat(graph.state()).containsEntry("total", Tensor.vector(3, 4));
  }

  @Test
  void refusesAStateOfAnotherShape() {
    assertThatThrownBy(() -> graph.set(Map.of("total", Tensor.vector(1, 2, 3))))
        .hasMessageContaining("State 'total' is to be [3], expected shape [2]");
    assertThatThrownBy(() -> graph.set(Map.of())).hasMessageContaining("missing");
    assertThatThrownBy(
            () -> StatefulGraph.of(running(), Map.of("total", "none"), DeviceUnderTest.DEVICE))
        .hasMessageContaining("'none'");
  }
}
