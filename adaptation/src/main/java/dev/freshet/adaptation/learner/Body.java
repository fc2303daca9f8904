package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;

/**
 * The layers between the features and the head: h_l = act(h_(l-1) W_l + b_l). With none, the head
 * sees the features as they are.
 *
 * @param features length of the input
 * @param widths of the hidden layers, in order
 * @param activation after every layer
 * @param seed of the random weights before any training
 */
record Body(int features, List<Integer> widths, Activation activation, long seed) {
  /** Widths of up to four hidden layers; the first that is 0 ends the list. */
  static final List<Setting> WIDTHS =
      List.of(
          hidden("hidden1", "first"),
          hidden("hidden2", "second"),
          hidden("hidden3", "third"),
          hidden("hidden4", "fourth"));

  static final Setting SMOOTH =
      new Setting("smooth", 0, 1, 0, "1: hidden layers end in tanh; 0: in ReLU.");

  static final Setting SEED =
      new Setting("seed", 0, 1L << 52, 1, "Seed of the weights before any training.");

  private static final int WIDTH_MIN = 2;

  Body {
    widths = List.copyOf(widths);
    for (int width : widths) {
      if (width < WIDTH_MIN) {
        throw new IllegalArgumentException(
            "Hidden layers have widths %s, expected each at least %d: a product with a single"
                    .formatted(widths, WIDTH_MIN)
                + " column has other bits in other batches.");
      }
    }
  }

  private static Setting hidden(String name, String which) {
    return new Setting(name, 0, 4096, 0, "Width of the " + which + " hidden layer; 0 for none.");
  }

  static List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(WIDTHS);
    settings.add(SMOOTH);
    settings.add(SEED);
    return settings;
  }

  static Body of(int features, Settings settings) {
    List<Integer> widths = new ArrayList<>();
    for (Setting setting : WIDTHS) {
      widths.add((int) settings.get(setting.name()));
    }
    int layers = widths.indexOf(0) < 0 ? widths.size() : widths.indexOf(0);
    if (widths.stream().skip(layers).anyMatch(width -> width > 0)) {
      throw new IllegalArgumentException(
          "Hidden layers have widths " + widths + ", expected none after the first 0.");
    }
    Activation activation = settings.get(SMOOTH.name()) > 0 ? Activation.TANH : Activation.RELU;
    return new Body(
        features, widths.subList(0, layers), activation, (long) settings.get(SEED.name()));
  }

  int layers() {
    return widths.size();
  }

  /** What goes into a layer, counted from 0. */
  int widthBefore(int layer) {
    return layer == 0 ? features : widths.get(layer - 1);
  }

  /** What the head sees. */
  int width() {
    return widthBefore(layers());
  }

  static String weight(int layer) {
    return "layer" + (layer + 1) + "_weight";
  }

  static String bias(int layer) {
    return "layer" + (layer + 1) + "_bias";
  }

  Shape weightShape(int layer) {
    return Shape.of(widthBefore(layer), widths.get(layer));
  }

  Shape biasShape(int layer) {
    return Shape.of(1, widths.get(layer));
  }

  /** He's for ReLU, Glorot's for tanh; biases of zero. */
  void initialize(SortedMap<String, Tensor> tensors) {
    Random random = new Random(seed);
    double gain = activation == Activation.RELU ? 2 : 1;
    for (int layer = 0; layer < layers(); layer++) {
      Shape shape = weightShape(layer);
      float[] values = new float[shape.elements()];
      double deviation = Math.sqrt(gain / widthBefore(layer));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      tensors.put(weight(layer), Tensor.of(shape, values));
      tensors.put(bias(layer), Tensor.full(biasShape(layer), 0f));
    }
  }

  /** Declares weights and biases as inputs; to be called once a graph. */
  Layers declare(GraphBuilder g) {
    List<Node> weights = new ArrayList<>();
    List<Node> biases = new ArrayList<>();
    for (int layer = 0; layer < layers(); layer++) {
      Dim width = Dim.of(widths.get(layer));
      weights.add(g.input(weight(layer), Dim.of(widthBefore(layer)), width));
      biases.add(g.input(bias(layer), Dim.ONE, width));
    }
    return new Layers(weights, biases);
  }

  /**
   * Parameters of a body, those of all tasks or one set per task.
   *
   * @param weights [in, out] or [tasks, in, out]
   * @param biases [1, out] or [tasks, 1, out]
   */
  record Layers(List<Node> weights, List<Node> biases) {
    Layers {
      weights = List.copyOf(weights);
      biases = List.copyOf(biases);
    }
  }

  Node apply(GraphBuilder g, Layers layers, Node x) {
    return layers() == 0 ? x : applyAfterFirst(g, layers, first(g, layers, x));
  }

  /** What the first layer gives before its activation. */
  static Node first(GraphBuilder g, Layers layers, Node x) {
    return g.add(g.matMul(x, layers.weights().get(0)), layers.biases().get(0));
  }

  /** The rest of the body. */
  Node applyAfterFirst(GraphBuilder g, Layers layers, Node first) {
    Node h = activation.apply(g, first);
    for (int layer = 1; layer < layers(); layer++) {
      Node z = g.add(g.matMul(h, layers.weights().get(layer)), layers.biases().get(layer));
      h = activation.apply(g, z);
    }
    return h;
  }

  /** As its settings say it. */
  static Map<String, Double> widthsAsSettings(List<Integer> widths) {
    if (widths.size() > WIDTHS.size()) {
      throw new IllegalArgumentException(
          widths.size() + " hidden layers, expected at most " + WIDTHS.size() + ".");
    }
    Map<String, Double> chosen = new java.util.TreeMap<>();
    for (int i = 0; i < widths.size(); i++) {
      chosen.put(WIDTHS.get(i).name(), widths.get(i).doubleValue());
    }
    return chosen;
  }
}
