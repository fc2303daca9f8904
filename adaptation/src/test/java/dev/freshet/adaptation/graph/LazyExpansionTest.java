package dev.freshet.adaptation.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.onnx.GraphRun;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LazyExpansionTest {
  private static final Map<String, Tensor> VALUES =
      Map.of(
          "x", Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8),
          "w", Tensor.of(Shape.of(2, 2), 1, -1, 2, 3));

  private final GraphBuilder g = new GraphBuilder("lazy");
  private final Node x = g.input("x", Dim.TASKS, Dim.SUPPORT, Dim.of(2));
  private final Node w = g.input("w", Dim.of(2), Dim.of(2));
  private final Node each = g.sum(g.sum(x, 2), 1);
  private final Node own = g.expandLike(w, g.add(each, w));

  private static long expansions(Graph graph) {
    return graph.nodes().stream().filter(node -> node.op() == Op.EXPAND).count();
  }

  private void checkSame(int expansionsLeft) {
    Graph graph = g.build();
    Graph lazy = LazyExpansion.of(graph);
    assertThat(expansions(lazy)).isEqualTo(expansionsLeft);
    assertThat(GraphRun.runAll(lazy, VALUES)).isEqualTo(GraphRun.runAll(graph, VALUES));
  }

  @Test
  void aProductTakesSharedWeightsAsTheyAre() {
    g.output("y", g.matMul(x, own));
    checkSame(0);
  }

  @Test
  void aSharedFactorIsStretchedAfterItsOwnOps() {
    g.output("y", g.matMul(x, g.exp(g.neg(own))));
    checkSame(0);
  }

  @Test
  void anOpThatNeedsTheSizeKeepsIt() {
    g.output("sum", g.add(own, own)).output("own", own).output("total", g.sum(own, 0));
    checkSame(1);
  }

  @Test
  void expansionsInARowAreOne() {
    Node row = g.slice(w, 0, 0, 1);
    g.output("y", g.expandLike(g.expandLike(row, w), own));
    checkSame(1);
  }
}
