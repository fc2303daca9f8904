package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the members of an {@link EnsembleLearner} are weighed, which depends on the task, and joined;
 * the formulas are there.
 */
final class Pool {
  /** o. */
  static final Setting PLAIN_ODDS =
      new Setting(
          "plainOdds", 0, 1000, 0.65, "For plain logistic regression, where there is no example.");

  /** a. */
  static final Setting PLAIN_SHOTS_POWER =
      new Setting(
          "plainShotsPower", 0, 4, 1.15, "Power of 1 + examples per way in the odds for it.");

  /** κ. */
  static final Setting PLAIN_EVIDENCE =
      new Setting(
          "plainEvidence",
          0,
          100,
          0.5,
          "How much of what examples left out say for it, and against the prior's, is believed.");

  /** ω. */
  static final Setting NAMELESS_ODDS =
      new Setting(
          "namelessOdds",
          0,
          1e6,
          100,
          "Added to the odds for plain regression where no label has a name.");

  /** η. */
  static final Setting MEANS_EVIDENCE =
      new Setting(
          "meansEvidence",
          0,
          100,
          0.5,
          "How much of what examples left out say for means, and against plain regression, is"
              + " believed.");

  /** c. */
  static final Setting MEANS_MARGIN =
      new Setting(
          "meansMargin", 0, 10, 0.1, "What an example has to say for means before it counts.");

  /** d. */
  static final Setting MEANS_UNEVEN_MARGIN =
      new Setting(
          "meansUnevenMargin",
          0,
          100,
          10,
          "Added to it, times the square of how far from even the labels' counts are.");

  /** Of pools before, which asked otherwise: they are taken on, this is not. */
  private static final String RETIRED = "leftOutScale";

  private static final String MIXTURE = "mixture";
  private static final String WEIGHTS = "weights";
  private static final String SHARPNESS = "sharpness";

  /** Probabilities below are not told apart. */
  static final float LEAST = 1e-30f;

  /** In powers of e: odds beyond are the same. */
  private static final float EVIDENCE_MAX = 12f;

  /** Of what LDA's weight is without examples: it may be the only member. */
  private static final float WITHOUT_EXAMPLES = 1e-3f;

  private final List<Learner> members;
  private final Settings settings;

  /**
   * Of members in a given order.
   *
   * @param chosen for those of the pool's settings that are not the defaults
   */
  Pool(List<Learner> members, Map<String, Double> chosen) {
    this.members = List.copyOf(members);
    List<Setting> declared = new ArrayList<>(Sharpness.SETTINGS);
    if (plain().isPresent()) {
      declared.add(PLAIN_ODDS);
      declared.add(PLAIN_SHOTS_POWER);
      declared.add(NAMELESS_ODDS);
    }
    if (logistic().isPresent()) {
      declared.add(Sharpness.LEFT_OUT_PRIOR);
    }
    if (plain().isPresent() && logistic().isPresent()) {
      declared.add(PLAIN_EVIDENCE);
    }
    if (plain().isPresent() && lda().isPresent()) {
      declared.add(MEANS_EVIDENCE);
      declared.add(MEANS_MARGIN);
      declared.add(MEANS_UNEVEN_MARGIN);
    }
    Map<String, Double> kept = new TreeMap<>(chosen);
    kept.remove(RETIRED);
    this.settings = Settings.of(declared, kept);
  }

  Settings settings() {
    return settings;
  }

  private static boolean isPlain(Learner member) {
    return member.name().equals(Learners.PLAIN_LOGISTIC.id());
  }

  private static boolean isLogistic(Learner member) {
    return member.name().equals(Learners.LOGISTIC.id());
  }

  private static boolean isLda(Learner member) {
    return member.name().equals(Learners.LDA.id());
  }

  private Optional<Learner> lda() {
    return members.stream().filter(Pool::isLda).findFirst();
  }

  private Optional<Learner> plain() {
    return members.stream().filter(Pool::isPlain).findFirst();
  }

  private Optional<Learner> logistic() {
    return members.stream().filter(Pool::isLogistic).findFirst();
  }

  private List<Learner> mixed() {
    return members.stream().filter(member -> !isPlain(member)).toList();
  }

  void initialize(SortedMap<String, Tensor> tensors) {
    tensors.put(MIXTURE, Tensor.vector(new float[mixed().size()]));
  }

  /**
   * Finds a task's weights and sharpness: two more parameters of the task.
   *
   * @param leftOut what members say of rows left out, for those that can
   */
  void adapt(GraphBuilder g, SupportInputs support, Node squares, Map<Learner, Node> leftOut) {
    Node shots = TaskScale.shots(g, support);
    Node one = g.constant(1f);
    Node means = means(g, support, squares, leftOut);
    Node odds =
        plain().isPresent() ? g.div(odds(g, support, shots, leftOut), means) : g.constant(0f);
    Map<Learner, Node> mixed = mixed(g, g.sub(one, g.div(one, shots)), means);
    Node sum = mixed.values().stream().reduce(g::add).orElse(one);
    Node share = g.div(one, g.mul(sum, g.add(odds, one)));
    Node plain = g.div(odds, g.add(odds, one));
    Node[] weights =
        members.stream()
            .map(
                member ->
                    isPlain(member)
                        ? plain
                        : g.mul(Objects.requireNonNull(mixed.get(member)), share))
            .toArray(Node[]::new);
    g.output(WEIGHTS, g.concat(2, weights))
        .output(SHARPNESS, sharpness(g, support, squares, leftOut));
  }

  /** For the plain member, [tasks, 1, 1]. */
  private Node odds(GraphBuilder g, SupportInputs support, Node shots, Map<Learner, Node> leftOut) {
    Node known = g.mul(constant(g, PLAIN_ODDS), g.pow(shots, constant(g, PLAIN_SHOTS_POWER)));
    Node nameless = TaskScale.namelessPart(g, support);
    Node without = g.mul(constant(g, NAMELESS_ODDS), g.mul(nameless, nameless));
    Node usual = g.add(known, without);
    Optional<Node> plain = plain().map(leftOut::get);
    Optional<Node> logistic = logistic().map(leftOut::get);
    if (plain.isEmpty() || logistic.isEmpty()) {
      return usual;
    }
    Node evidence = Evidence.of(g, support, plain.get(), logistic.get());
    return g.mul(usual, believed(g, evidence, PLAIN_EVIDENCE));
  }

  /** μ: what LDA's weight is times, and the plain odds over, [tasks, 1, 1]. */
  private Node means(
      GraphBuilder g, SupportInputs support, Node squares, Map<Learner, Node> leftOut) {
    Optional<Node> plain = plain().map(leftOut::get);
    if (plain.isEmpty() || lda().isEmpty()) {
      return g.constant(1f);
    }
    Node means = LeftOutMeans.of(g, support, squares);
    Node uneven = g.sub(g.constant(1f), TaskScale.evenness(g, support));
    Node margin =
        g.add(
            g.mul(g.mul(uneven, uneven), constant(g, MEANS_UNEVEN_MARGIN)),
            constant(g, MEANS_MARGIN));
    Node usual = g.mul(Evidence.examples(g, support), margin);
    Node evidence = Evidence.of(g, support, means, plain.get());
    return believed(g, g.sub(evidence, usual), MEANS_EVIDENCE);
  }

  private Node believed(GraphBuilder g, Node evidence, Setting part) {
    Node power = g.mul(g.relu(evidence), constant(g, part));
    return g.exp(g.neg(g.max(g.neg(power), g.constant(-EVIDENCE_MAX))));
  }

  private Node sharpness(
      GraphBuilder g, SupportInputs support, Node squares, Map<Learner, Node> leftOut) {
    return logistic()
        .map(leftOut::get)
        .map(logits -> Sharpness.of(g, support, settings, logits))
        .orElseGet(() -> Sharpness.of(g, support, squares, settings));
  }

  /**
   * Of the members that are mixed, before they sum to 1, [tasks, 1, 1].
   *
   * @param examples 1 − 1 / s
   * @param means μ
   */
  private Map<Learner, Node> mixed(GraphBuilder g, Node examples, Node means) {
    List<Learner> learned = mixed();
    Node mixture = g.softmax(g.input(MIXTURE, Dim.of(learned.size())));
    Node ofLda = g.mul(g.add(examples, g.constant(WITHOUT_EXAMPLES)), means);
    Node full = g.expandLike(g.constant(1f), examples);
    Map<Learner, Node> weights = new LinkedHashMap<>();
    for (int i = 0; i < learned.size(); i++) {
      Node own = g.slice(mixture, 0, i, i + 1);
      weights.put(learned.get(i), g.mul(own, isLda(learned.get(i)) ? ofLda : full));
    }
    return weights;
  }

  private Node constant(GraphBuilder g, Setting setting) {
    return g.constant((float) settings.get(setting.name()));
  }

  /** What a task answers. */
  final class Answers {
    private final GraphBuilder g;
    private final Node weights;
    private final Node sharpness;
    private final Node ways;

    /**
     * Declares the task's weights and sharpness.
     *
     * @param wayMask [tasks, ways]
     */
    Answers(GraphBuilder g, Node wayMask) {
      this.g = g;
      this.weights = g.input(WEIGHTS, Dim.TASKS, Dim.ONE, Dim.of(members.size()));
      this.sharpness = g.input(SHARPNESS, Dim.TASKS, Dim.ONE, Dim.ONE);
      this.ways = g.unsqueeze(wayMask, 1);
    }

    /**
     * The pool.
     *
     * @param said probabilities of every member, [tasks, queries, ways]
     */
    Node joined(Map<Learner, Node> said) {
      return sharpened(members.stream().map(m -> weighed(m, said)).reduce(g::add).orElseThrow());
    }

    /** The mixed members as they answer together, times the plain one: each is trained alone. */
    Node trained(Map<Learner, Node> said) {
      Node together =
          sharpened(mixed().stream().map(m -> weighed(m, said)).reduce(g::add).orElseThrow());
      return plain()
          .map(m -> g.mul(together, sharpened(Objects.requireNonNull(said.get(m)))))
          .orElse(together);
    }

    private Node weighed(Learner member, Map<Learner, Node> said) {
      int i = members.indexOf(member);
      return g.mul(Objects.requireNonNull(said.get(member)), g.slice(weights, 2, i, i + 1));
    }

    /** p^ρ, normalised; without the least of p, slopes at zero would be infinite. */
    private Node sharpened(Node pool) {
      Node powers = g.mul(g.pow(g.max(pool, g.constant(LEAST)), sharpness), ways);
      return g.div(powers, g.fusedMatMul(powers, false, ways, true, 1f));
    }
  }
}
