package dev.freshet.adaptation.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the padding rests on: how the bits of a row of a product depend on the number of rows. With
 * one column, rows past the last multiple of four are computed differently (seen on x86 with
 * AVX-512), so only whole fours are compared; with two columns, only a single row alone is.
 */
class ProductBitsTest {
  private static final int INNER = 64;

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 2", "5, 2"})
  void aRowKeepsItsBitsWhateverTheNumberOfRows(int columns, int rowsStep) {
    Tensor all = random(1, 1, 32, INNER);
    Tensor weights = random(2, INNER, columns);
    float[] expected = product(all, weights);
    for (int rows = rowsStep; rows < 32; rows += rowsStep) {
      float[] some = Arrays.copyOf(all.toArray(), rows * INNER);
      float[] got = product(Tensor.of(Shape.of(1, rows, INNER), some), weights);
      assertThat(got).containsExactly(Arrays.copyOf(expected, rows * columns));
    }
  }

  private static float[] product(Tensor rows, Tensor weights) {
    GraphBuilder g = new GraphBuilder("product");
    Node x = g.input("x", Dim.ONE, Dim.symbol("rows"), Dim.of(INNER));
    Node w = g.input("w", Dim.of(INNER), Dim.of(weights.shape().size(1)));
    Graph graph = g.output("y", g.matMul(x, w)).build();
    return GraphRun.run(graph, Map.of("x", rows, "w", weights)).toArray();
  }

  private static Tensor random(long seed, int... sizes) {
    Random random = new Random(seed);
    Shape shape = Shape.of(sizes);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(shape, values);
  }
}
