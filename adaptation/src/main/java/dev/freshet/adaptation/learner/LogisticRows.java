package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A task's rows as logistic regression has them: in the domain's metric, names moved to where
 * examples are. It is fitted to all of them, and to what {@link LeftOutHalf} leaves; hence a fit is
 * a graph of its own.
 */
final class LogisticRows {
  private static final String PRODUCTS = "products";
  private static final String SQUARES = "squares";
  private static final String COMBINATION = "combination";
  private static final String BIAS = "bias";
  private static final String SCALE = "scale";
  private static final String PRESENT = "present";

  /**
   * Below every logit, and yet what softmax makes of it, of the order of 1e-38, times it is next to
   * nothing: {@link Sharpness} takes that product.
   */
  private static final float ABSENT = 1e30f;

  private final SupportInputs support;
  private final DomainMetric.Rows rows;
  private final NameOffset names;
  private final NameOffset.Moved moved;

  /** What is meta-learned, by the name of its input: declared once, however many fits there are. */
  private final Map<String, Node> learned = new HashMap<>();

  /**
   * Declares a task's support.
   *
   * @param rank of the domain's metric
   * @param prior labels' worth of belief that names are like examples, [1] or a number
   */
  LogisticRows(GraphBuilder g, int features, int rank, Node prior) {
    this.support = SupportInputs.declare(g, features);
    this.rows = DomainMetric.rows(g, support.x(), rank);
    this.names = NameOffset.of(g, support, prior);
    Node squares =
        g.add(g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT), rows.extra());
    this.moved = names.move(g, rows.products(), squares);
  }

  /** How a fit is written. */
  interface Fitting {
    /**
     * Writes it, with what is meta-learned as inputs.
     *
     * @param products of the rows, [tasks, support, support]
     * @param squares their diagonal, [tasks, support]
     */
    LogisticFit write(GraphBuilder g, SupportInputs support, Node products, Node squares);
  }

  /** The fit to all rows. */
  LogisticFit fit(GraphBuilder g, Fitting fitting) {
    return fit(g, support, fitting);
  }

  /**
   * What the fit to the rows that are not left out says of all, [tasks, support, ways]; far below
   * for a way of which no rows are left. Names stay where all examples have moved them, those left
   * out among them: with one example a label that is seen, with several it is not.
   */
  Node leftOut(GraphBuilder g, Fitting fitting) {
    LogisticFit fit = fit(g, support.without(g, LeftOutHalf.of(g, support)), fitting);
    Node said = g.add(g.matMul(moved.products(), fit.combination()), fit.bias());
    Node absent = g.mul(g.sub(fit.present(), g.constant(1f)), g.constant(ABSENT));
    return g.add(g.mul(said, fit.scale()), absent);
  }

  private LogisticFit fit(GraphBuilder g, SupportInputs of, Fitting fitting) {
    Graph graph = graph(fitting);
    Map<String, Node> given = new HashMap<>(of.byName());
    given.put(PRODUCTS, moved.products());
    given.put(SQUARES, moved.squares());
    graph
        .inputs()
        .forEach(
            (name, input) -> {
              if (!given.containsKey(name)) {
                given.put(name, learned.computeIfAbsent(name, first -> like(g, first, input)));
              }
            });
    Map<String, Node> outputs = g.inline(graph, given);
    return new LogisticFit(
        node(outputs, COMBINATION),
        node(outputs, BIAS),
        node(outputs, SCALE),
        node(outputs, PRESENT));
  }

  private static Node like(GraphBuilder g, String name, Node input) {
    return g.input(name, input.shape().dims().toArray(new Dim[0]));
  }

  private Graph graph(Fitting fitting) {
    GraphBuilder g = new GraphBuilder("fit");
    int features = ((Dim.Fixed) support.x().shape().dim(-1)).size();
    Node products = g.input(PRODUCTS, Dim.TASKS, Dim.SUPPORT, Dim.SUPPORT);
    Node squares = g.input(SQUARES, Dim.TASKS, Dim.SUPPORT);
    LogisticFit fit = fitting.write(g, SupportInputs.declare(g, features), products, squares);
    return g.output(COMBINATION, fit.combination())
        .output(BIAS, fit.bias())
        .output(SCALE, fit.scale())
        .output(PRESENT, fit.present())
        .build();
  }

  private static Node node(Map<String, Node> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  /** What {@link LinearScores} takes of a task, as outputs. */
  GraphBuilder parameters(GraphBuilder g, LogisticFit fit) {
    Node ofRows = names.ofRows(g, g.mul(fit.combination(), fit.scale()));
    Node offsets = g.mul(g.mul(fit.bias(), fit.scale()), fit.present());
    Node ways = g.unsqueeze(support.wayMask(), 1);
    return g.output(LinearScores.HEAD, rows.combine(g, ofRows))
        .output(LinearScores.BIAS, MaskedBias.of(g, offsets, fit.present(), ways));
  }
}
