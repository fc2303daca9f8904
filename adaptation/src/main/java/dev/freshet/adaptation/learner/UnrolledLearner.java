package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.LazyExpansion;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An inner loop of gradient steps over all parameters of a network: a body of one hidden layer or
 * more, and a head that begins as prototypes of what the body makes of the support.
 *
 * <pre>
 * z   = W_(L+1) h_L + b_(L+1)    h_l = act(h_(l-1) W_l + b_l)    h_0 = x
 * w_k ← s m_k,  b_k ← s (v q_k − |m_k|²) / 2                     from h_L before the first step
 * L(θ) = Σ_i u_i · cross-entropy(softmax(z_i), y_i)              u_i = r_i / (ways Σ_j r_j)
 * θ   ← θ − α ∘ ∇L(θ)                                            steps times
 * </pre>
 *
 * <p>With {@code numbers} the head is part of the initialisation, as in the paper of MAML, and L is
 * the mean squared error Σ_i (z_i − y_i)² / n over the examples.
 *
 * <p>With one rate per tensor the first layer is kept in dual form, which is exact: the support x
 * is constant over the steps, so its part of z is x W + b − (α_W x xᵀ + α_b) Σ δ, with δ the
 * cotangents of what the first layer gave. Its weights for the task are made once, after the last
 * step; with {@code lowRank} never: then Σ δ and the support are the task's parameters. Both forms
 * answer the same but for rounding. The low rank is smaller while the support has fewer rows than
 * in · out / (in + out) of the layer, 96 for 384-128, and grows without a bound beyond.
 */
abstract class UnrolledLearner implements Learner {
  static final Setting STEPS = new Setting("steps", 1, 20, 5, "Gradient steps of the inner loop.");
  static final Setting RATE =
      new Setting("rate", 0, 1e3, 0.1, "Inner learning rate, before any training.");
  static final Setting HEAD_SCALE =
      new Setting("headScale", 0.01, 1000, 1, "Scale of the prototypes that the head begins as.");

  static final Setting LOW_RANK =
      new Setting(
          "lowRank",
          0,
          1,
          0,
          "1: the first layer's task parameters are of the support's size, for small supports.");

  static final Setting NUMBERS =
      new Setting(
          "numbers",
          0,
          1,
          0,
          "1: targets are numbers and the loss their squared error; 0: targets are labels.");

  static final Setting FIXED_RATES =
      new Setting("fixedRates", 0, 1, 0, "1: inner rates stay as set; 0: they are learned.");

  private final String name;
  private final int features;
  private final Settings settings;
  private final Body body;
  private final InnerLoop.Kind kind;

  UnrolledLearner(String name, int features, Settings settings, InnerLoop.Kind kind) {
    this.name = name;
    this.features = features;
    this.settings = settings;
    this.body = Body.of(features, settings);
    this.kind = kind;
    if (body.layers() == 0) {
      throw new IllegalArgumentException(
          name
              + " has no hidden layer, expected hidden1 of at least 2. Over a linear head alone it is"
              + " anil: use that.");
    }
  }

  static List<Setting> declared() {
    List<Setting> settings =
        new ArrayList<>(
            List.of(
                SupportWeights.NAME_WEIGHT,
                HEAD_SCALE,
                STEPS,
                RATE,
                LOW_RANK,
                NUMBERS,
                FIXED_RATES));
    settings.addAll(TaskScale.settings(1, 0));
    settings.addAll(Body.settings());
    return List.copyOf(settings);
  }

  /** Settings for hidden layers of these widths. */
  static Settings widths(List<Integer> widths) {
    return Settings.of(declared(), Body.widthsAsSettings(widths));
  }

  @Override
  public final SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    body.initialize(tensors);
    if (numbers()) {
      NumberLoss.initialize(tensors, body);
    } else {
      TaskScale.initialize(tensors, settings());
      tensors.put(
          SupportWeights.NAME_WEIGHT_TENSOR, TaskScale.scalar(setting(SupportWeights.NAME_WEIGHT)));
      tensors.put(LabelLoss.LOG_HEAD_SCALE, TaskScale.scalar(Math.log(setting(HEAD_SCALE))));
    }
    if (!fixedRates()) {
      tensors.putAll(Rates.initial(body, kind.rates(), (float) setting(RATE)));
    }
    return tensors;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  @Override
  public final int features() {
    return features;
  }

  @Override
  public final List<Head> heads() {
    return List.of(head());
  }

  @Override
  public final List<String> defaultHeads() {
    return List.of(head().name());
  }

  private double setting(Setting setting) {
    return settings.get(setting.name());
  }

  private Head head() {
    return numbers() ? NumberLoss.SCORE : Classifier.LABEL;
  }

  private boolean numbers() {
    return setting(NUMBERS) > 0;
  }

  private boolean fixedRates() {
    return setting(FIXED_RATES) > 0;
  }

  private boolean dual() {
    return kind.rates() == Rates.Kind.PER_TENSOR;
  }

  private boolean lowRank() {
    return dual() && setting(LOW_RANK) > 0;
  }

  private InnerLoop loop(GraphBuilder g, boolean dual, boolean detached) {
    SupportLoss loss = numbers() ? new NumberLoss(g, body) : new LabelLoss(g, features);
    return new InnerLoop(g, body, new InnerLoop.Form(dual, lowRank(), detached), loss, rates(g))
        .run((int) setting(STEPS));
  }

  private Rates rates(GraphBuilder g) {
    return fixedRates()
        ? Rates.fixed(g, body, kind.rates(), (float) setting(RATE))
        : Rates.declare(g, body, kind.rates());
  }

  @Override
  public final Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    loop(g, dual(), false).outputs();
    return LazyExpansion.of(g.build());
  }

  @Override
  public final OuterGradient outerGradient() {
    return kind.outer();
  }

  @Override
  public final Graph trainingGraph() {
    GraphBuilder g = new GraphBuilder("training");
    if (kind.outer() == OuterGradient.DISPLACEMENT) {
      loop(g, false, false).displacements();
    } else {
      loop(g, dual(), kind.detached()).outputs();
    }
    return g.build();
  }

  @Override
  public final Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node x = g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features()));
    Node first = lowRank() ? DualFirstLayer.predict(g, body, rates(g), x) : firstLayer(g, x);
    Node h = body.applyAfterFirst(g, InnerLoop.declareAfterFirst(g, body), first);
    return numbers() ? LinearScores.numberGraph(g, h, head()) : LinearScores.graph(g, h, head());
  }

  private Node firstLayer(GraphBuilder g, Node x) {
    Dim width = Dim.of(body.widths().get(0));
    Node weight = g.input(InnerLoop.adapted(Body.weight(0)), Dim.TASKS, Dim.of(features()), width);
    Node bias = g.input(InnerLoop.adapted(Body.bias(0)), Dim.TASKS, Dim.ONE, width);
    return g.add(g.matMul(x, weight), bias);
  }
}
