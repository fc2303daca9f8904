package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The mean of several learners' probabilities (a linear opinion pool: Stone, 1961; for deep nets
 * Lakshminarayanan, Pritzel, Blundell, NeurIPS 2017). Each member is calibrated by its own
 * temperature first; a mean of calibrated answers that err in different ways errs less.
 *
 * <pre>
 * M(k | x) = Σ_m w_m P_m(k | x)
 * P(k | x) = M(k | x)^ρ / Σ_l M(l | x)^ρ                                      ρ: {@link Sharpness}
 * w_plain  = o' / (1 + o'),  o' = (o s^a + ω h²) exp(κ e⁺) / μ
 *                                          s = 1 + examples / ways; h: the part of the ways that
 *                                          have no name; 0 without such a member;
 *                                          e: {@link Evidence}, κ e⁺ at most 12
 * w_m      ∝ π_m, of LDA π_m (1.001 − 1 / s) μ the others; π = softmax of the mixture, meta-learned
 * μ        = exp(η (f − (c + d (1 − v)²) n)⁺), at most e^12
 *                                          f: Evidence for {@link LeftOutMeans} and against the
 *                                          plain member, by n examples; v: the harmonic mean of
 *                                          the ways' numbers of rows over the arithmetic one
 * </pre>
 *
 * <p>A {@link PlainLogisticLearner} among the members is not mixed as the others are: its weight is
 * not learned. What was learned on some domains helps on others while examples are few; where they
 * are many, the task's own know best, and how many that is the domains of training cannot tell: on
 * them what was learned is right. Where examples left out say that the task's own know better, that
 * is believed; where they say the contrary it is not, for those are answered by half as many
 * examples, which speaks for what was learned elsewhere. LDA knows more than prototypes do only by
 * how examples scatter.
 *
 * <p>What was learned was learned with names. Where labels have none, the plain member speaks. And
 * where labels are mixed up or texts say next to nothing of them, regression takes every accident
 * for a rule; even the mean of what is left answers better then, clearly so, and LDA, whose ridge
 * holds it near the means, takes the floor: of what speaks against the plain member this alone is
 * believed, and only beyond a margin, because it too is said by half of the examples. Where labels
 * have different numbers of rows it takes more to be clear, because LDA favours those of few the
 * more, the wider rows scatter.
 *
 * <p>Tensors and task parameters of a member have its name before theirs, but for the {@link
 * DomainMetric}, which is one for all. Its graphs are the members', one beside the other; what they
 * have in common is computed once.
 */
public final class EnsembleLearner implements Learner {
  static final String NAME = "ensemble";

  /** Between a member's name and that of a setting. */
  static final String OF_MEMBER = ".";

  /** Of LDA; after eight its answers move by less than a thousandth, with 20 of 64 labels too. */
  private static final double ITERATIONS = 8;

  /**
   * Of the prior's. Fewer than alone: where it takes more, examples are many, and the plain one has
   * the say.
   */
  private static final double STEPS = 20;

  private final List<Learner> members;
  private final Pool pool;

  /**
   * Joins learners, in the order of their names, whatever the order given.
   *
   * @param members at least two, of different names, all of the same features and heads
   */
  public EnsembleLearner(List<Learner> members) {
    this(members, Map.of());
  }

  /**
   * With settings of its own.
   *
   * @param chosen by name, for those that are not the defaults
   */
  public EnsembleLearner(List<Learner> members, Map<String, Double> chosen) {
    this.members = members.stream().sorted(Comparator.comparing(Learner::name)).toList();
    if (members.size() < 2
        || members.stream().map(Learner::name).distinct().count() < members.size()) {
      throw new IllegalArgumentException(
          "An ensemble of %s, expected two learners or more, of different names."
              .formatted(members.stream().map(Learner::name).toList()));
    }
    for (Learner member : members) {
      if (member.heads().get(0).kind() != Head.Kind.CLASSIFICATION) {
        throw new IllegalArgumentException(
            "Member '%s' answers with numbers, expected labels: probabilities are averaged."
                .formatted(member.name()));
      }
      if (member.features() != features() || !member.heads().equals(heads())) {
        throw new IllegalArgumentException(
            "Member '%s' has %d features and heads %s, expected %d and %s as '%s' has."
                .formatted(
                    member.name(),
                    member.features(),
                    member.heads(),
                    features(),
                    heads(),
                    members.get(0).name()));
      }
    }
    this.pool = new Pool(this.members, chosen);
    initialization();
  }

  /**
   * Whitened LDA, logistic regression from prototypes, and plain logistic regression: of what was
   * tried, the first two whose mean was nowhere beaten by either, and what keeps it from being
   * beaten by the third (see the trainer's RATIONALE.md).
   */
  public static EnsembleLearner of(int features) {
    return new EnsembleLearner(
        List.of(
            member(Learners.LDA, features, LdaLearner.RANK, LdaLearner.ITERATIONS, ITERATIONS),
            member(Learners.LOGISTIC, features, LogisticLearner.RANK, LogisticLearner.STEPS, STEPS),
            new PlainLogisticLearner(features)));
  }

  private static Learner member(
      Learners learner, int features, Setting rank, Setting passes, double number) {
    return learner.create(
        features, Map.of(rank.name(), rank.defaultWithin(features), passes.name(), number));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Its own, and the members', each under its member's name. */
  @Override
  public Settings settings() {
    List<Setting> declared = new ArrayList<>();
    pool.settings().asMap().forEach((name, value) -> declared.add(fixed(name, value)));
    for (Learner member : members) {
      member
          .settings()
          .asMap()
          .forEach((name, value) -> declared.add(fixed(member.name() + OF_MEMBER + name, value)));
    }
    return Settings.of(declared, Map.of());
  }

  private static Setting fixed(String name, double value) {
    return new Setting(name, value, value, value, "Of what is built.");
  }

  @Override
  public int features() {
    return members.get(0).features();
  }

  @Override
  public List<Head> heads() {
    return members.get(0).heads();
  }

  @Override
  public List<String> defaultHeads() {
    return members.get(0).defaultHeads();
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (Learner member : members) {
      member.initialization().forEach((name, tensor) -> put(tensors, member, name, tensor));
    }
    pool.initialize(tensors);
    return tensors;
  }

  private static void put(
      SortedMap<String, Tensor> tensors, Learner member, String name, Tensor tensor) {
    Tensor before = tensors.put(nameOf(member, name), tensor);
    if (before != null && !before.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException(
          "Member '%s' has a domain's metric of shape %s, expected %s as another has: it is one for all."
              .formatted(member.name(), tensor.shape(), before.shape()));
    }
  }

  /** Of a member's tensor among those of the ensemble. */
  public static String nameOf(Learner member, String tensor) {
    return DomainMetric.isPartOfOne(tensor) ? tensor : prefix(member) + tensor;
  }

  private static String prefix(Learner member) {
    return member.name() + "_";
  }

  @Override
  public Graph adaptGraph() {
    return parameters("adapt", member -> member.leftOutGraph().orElseGet(member::adaptGraph));
  }

  /** With sharpness by the means alone, through which nothing is learned. */
  @Override
  public Graph trainingGraph() {
    for (Learner member : members) {
      if (member.outerGradient() != OuterGradient.OF_QUERY_LOSS) {
        throw new IllegalStateException(
            "Member '%s' is trained by %s, but an ensemble by the queries' loss: train it alone."
                .formatted(member.name(), member.outerGradient()));
      }
    }
    return parameters("training", Learner::trainingGraph);
  }

  private Graph parameters(String name, Function<Learner, Graph> graph) {
    GraphBuilder g = new GraphBuilder(name);
    SupportInputs support = SupportInputs.declare(g, features());
    Node squares = g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT);
    Map<String, Node> shared = new LinkedHashMap<>(support.byName());
    shared.put(GraphContract.SUPPORT_SQUARE, squares);
    Map<Learner, Node> leftOut = new HashMap<>();
    for (Learner member : members) {
      inline(g, shared, member, graph.apply(member))
          .forEach(
              (output, node) -> {
                if (output.equals(GraphContract.LEFT_OUT)) {
                  leftOut.put(member, node);
                } else {
                  g.output(prefix(member) + output, node);
                }
              });
    }
    pool.adapt(g, support, squares, leftOut);
    return g.build();
  }

  @Override
  public Graph predictGraph() {
    return answers(Pool.Answers::joined);
  }

  /**
   * Trained through the pool, the others would learn to speak where the plain member fails, on the
   * domains that it fails in.
   */
  @Override
  public Graph trainingPredictGraph() {
    return answers(Pool.Answers::trained);
  }

  private Graph answers(BiFunction<Pool.Answers, Map<Learner, Node>, Node> join) {
    GraphBuilder g = new GraphBuilder("predict");
    Map<String, Node> shared = new LinkedHashMap<>();
    Map<String, Map<Learner, Node>> heads = new LinkedHashMap<>();
    for (Learner member : members) {
      inline(g, shared, member, member.predictGraph())
          .forEach(
              (output, node) ->
                  heads.computeIfAbsent(output, unused -> new HashMap<>()).put(member, node));
    }
    Pool.Answers answers =
        pool.new Answers(g, Objects.requireNonNull(shared.get(GraphContract.WAY_MASK)));
    heads.forEach((output, said) -> g.output(output, join.apply(answers, said)));
    return g.build();
  }

  /** Support, queries, masks and the domain's metric are everybody's; all else a member's own. */
  private static Map<String, Node> inline(
      GraphBuilder g, Map<String, Node> shared, Learner member, Graph graph) {
    Map<String, Node> values = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(
            (name, node) -> {
              Dim[] dims = node.shape().dims().toArray(new Dim[0]);
              boolean everybodys = GraphContract.isOfTask(name) || DomainMetric.isPartOfOne(name);
              values.put(
                  name,
                  everybodys
                      ? shared.computeIfAbsent(name, unused -> g.input(name, dims))
                      : g.input(prefix(member) + name, dims));
            });
    return g.inline(graph, values);
  }
}
