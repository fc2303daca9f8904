package dev.freshet.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.standalone.console.Console;
import dev.freshet.trainer.offpolicy.BanditColumns;
import dev.freshet.trainer.offpolicy.BanditFile;
import dev.freshet.trainer.offpolicy.BanditLog;
import dev.freshet.trainer.offpolicy.BanditSimulation;
import dev.freshet.trainer.offpolicy.Estimate;
import dev.freshet.trainer.offpolicy.FrequencyPolicy;
import dev.freshet.trainer.offpolicy.OffPolicyEvaluation;
import dev.freshet.trainer.offpolicy.RefusedRows;
import dev.freshet.trainer.offpolicy.TargetPolicy;
import dev.freshet.trainer.offpolicy.UniformPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/**
 * {@code freshet evaluate --off-policy}: what a policy would have earned, from another one's log.
 */
final class OffPolicyEvaluate {
  /** What only logs are judged by. */
  static final class Options {
    @Option(
        names = "--off-policy",
        description =
            "Estimate what a policy would have earned, from the log of another one: give --log FILE,"
                + " or --simulated SEED for a made-up shop window.")
    private boolean offPolicy;

    @Option(
        names = "--log",
        paramLabel = "FILE",
        description =
            "With --off-policy: CSV with a header; may be gzipped. A row is an action that was"
                + " taken, with its reward and its propensity.")
    private Optional<Path> log = Optional.empty();

    @Option(
        names = "--log-columns",
        paramLabel = "A,P,R,Q",
        split = ",",
        defaultValue = "item_id,position,click,propensity_score",
        description =
            "With --log: columns of action, position, reward and propensity. Default:"
                + " ${DEFAULT-VALUE}.")
    private List<String> logColumns = List.of();

    @Option(
        names = "--context-columns",
        paramLabel = "NAME,…",
        split = ",",
        description =
            "With --log: columns with categories known before the choice. Default: user_feature_0"
                + " to _3 of the Open Bandit Dataset; none if --log-columns is given.")
    private List<String> contextColumns = List.of();

    @Option(
        names = "--policy",
        paramLabel = "NAME",
        defaultValue = "uniform",
        description =
            "With --log: uniform, or frequency: as often as --target-log has each action at that"
                + " position. Default: ${DEFAULT-VALUE}.")
    private String policy = "uniform";

    @Option(
        names = "--target-log",
        paramLabel = "FILE",
        description =
            "With --log: a log of the policy itself, with the same columns. What it earned stands"
                + " beside the estimates.")
    private Optional<Path> targetLog = Optional.empty();

    @Option(
        names = "--weight-max",
        paramLabel = "W",
        description =
            "With --off-policy: weights above are taken for W; a bias for a narrower interval."
                + " Default: none.")
    private Optional<Double> weightMax = Optional.empty();

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "10000",
        description =
            "With --off-policy and --simulated: rows of the log. Default: ${DEFAULT-VALUE}.")
    private int rows = 10_000;

    /** Whether that is what is asked for. */
    boolean isGiven() {
      if (!offPolicy && (log.isPresent() || targetLog.isPresent() || weightMax.isPresent())) {
        throw Input.misuse(
            "--log, --target-log and --weight-max go with --off-policy: give that as well.");
      }
      return offPolicy;
    }
  }

  /** An estimate, with the truth where that is known. */
  private record Row(OffPolicyEvaluation.Line line, OptionalDouble truth) {}

  private static final int ROWS_MAX = 10_000_000;

  private final Console console;
  private final SharedOptions shared;

  OffPolicyEvaluate(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  /**
   * Reads, estimates and prints.
   *
   * @param simulated seed of a simulation in place of a log
   */
  void run(Options options, Optional<Long> simulated) {
    if (options.log.isPresent() == simulated.isPresent()) {
      throw Input.misuse("--off-policy needs one of --log FILE and --simulated SEED.");
    }
    Input.checked(
        () -> {
          if (simulated.isPresent()) {
            simulate(options, simulated.get());
          } else {
            estimate(options);
          }
          return options;
        });
  }

  private void simulate(Options options, long seed) {
    if (options.rows < 2 || options.rows > ROWS_MAX) {
      throw Input.misuse("--rows is " + options.rows + ", expected 2 to " + ROWS_MAX + ".");
    }
    if (options.targetLog.isPresent()) {
      throw Input.misuse("--target-log goes with --log: a simulation knows its truth.");
    }
    BanditSimulation window = new BanditSimulation(seed);
    BanditLog log = window.log(options.rows, 0);
    List<Row> rows = new ArrayList<>();
    for (TargetPolicy policy : window.policies()) {
      rows.addAll(rows(log, policy, options, OptionalDouble.of(window.truth(policy))));
    }
    show(log, rows, Optional.empty());
  }

  private void estimate(Options options) {
    BanditColumns columns = columns(options);
    BanditLog log = BanditFile.read(options.log.orElseThrow(), columns);
    Optional<BanditLog> target = options.targetLog.map(file -> BanditFile.read(file, columns));
    noteRefused(log);
    target.ifPresent(this::noteRefused);
    show(log, rows(log, policy(options, log, target), options, OptionalDouble.empty()), target);
  }

  private static BanditColumns columns(Options options) {
    List<String> names = options.logColumns;
    if (names.size() != 4) {
      throw Input.misuse(
          "--log-columns has "
              + names.size()
              + " names, expected four: of action, position, reward and propensity.");
    }
    BanditColumns named =
        new BanditColumns(
            names.get(0), names.get(1), names.get(2), names.get(3), options.contextColumns);
    boolean isOpenBandit =
        options.contextColumns.isEmpty()
            && named
                .withContext(BanditColumns.OPEN_BANDIT.context())
                .equals(BanditColumns.OPEN_BANDIT);
    return isOpenBandit ? BanditColumns.OPEN_BANDIT : named;
  }

  private static TargetPolicy policy(Options options, BanditLog log, Optional<BanditLog> target) {
    return switch (options.policy) {
      case "uniform" -> new UniformPolicy(actions(log, target));
      case "frequency" ->
          new FrequencyPolicy(
              target.orElseThrow(
                  () ->
                      Input.misuse(
                          "--policy frequency needs --target-log FILE, whose frequencies it takes.")));
      default ->
          throw Input.misuse(
              "--policy is '" + options.policy + "', expected uniform or frequency.");
    };
  }

  private static List<String> actions(BanditLog log, Optional<BanditLog> target) {
    TreeSet<String> actions = new TreeSet<>(log.actions());
    target.ifPresent(other -> actions.addAll(other.actions()));
    return List.copyOf(actions);
  }

  private static List<Row> rows(
      BanditLog log, TargetPolicy policy, Options options, OptionalDouble truth) {
    double limit = options.weightMax.orElse(OffPolicyEvaluation.UNCLIPPED);
    return OffPolicyEvaluation.estimates(log, policy, limit).stream()
        .map(line -> new Row(line, truth))
        .toList();
  }

  private void noteRefused(BanditLog log) {
    RefusedRows refused = log.refused();
    if (refused.total() > 0) {
      console.note("left out of " + log.name() + ": " + refused);
    }
  }

  private void show(BanditLog log, List<Row> rows, Optional<BanditLog> target) {
    if (shared.json()) {
      console.document(document(log, rows, target));
    } else {
      print(log, rows, target);
    }
  }

  private static ObjectNode document(BanditLog log, List<Row> rows, Optional<BanditLog> target) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("logged", logged(log));
    target.ifPresent(other -> document.set("onPolicy", logged(other)));
    document.putArray("estimates");
    for (Row row : rows) {
      ObjectNode node = document.withArray("estimates").addObject();
      node.put("policy", row.line().policy());
      node.put("estimator", row.line().estimator().label());
      node.put("value", row.line().estimate().value());
      node.put("ci95", row.line().estimate().ci95());
      node.put("effectiveSample", row.line().effectiveSample());
      node.put("meanWeight", row.line().meanWeight());
      node.put("clippedShare", row.line().clippedShare());
      row.truth().ifPresent(truth -> node.put("truth", truth));
    }
    return document;
  }

  private static ObjectNode logged(BanditLog log) {
    Estimate mean = log.mean();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("log", log.name());
    node.put("n", log.choices().size());
    node.put("mean", mean.value());
    node.put("ci95", mean.ci95());
    ObjectNode refused = node.putObject("refused");
    refused.put("incomplete", log.refused().incomplete());
    refused.put("reward", log.refused().reward());
    refused.put("propensity", log.refused().propensity());
    return node;
  }

  private void print(BanditLog log, List<Row> rows, Optional<BanditLog> target) {
    console.result("policy        estimator             value  effective rows     truth");
    for (Row row : rows) {
      Estimate estimate = row.line().estimate();
      String truth =
          row.truth().isPresent()
              ? String.format(Locale.ROOT, "%.5f", row.truth().getAsDouble())
              : "–";
      console.result(
          String.format(
              Locale.ROOT,
              "%-13s %-9s %.5f ± %.5f  %14.0f  %8s",
              row.line().policy(),
              row.line().estimator().label(),
              estimate.value(),
              estimate.ci95(),
              row.line().effectiveSample(),
              truth));
    }
    console.result("");
    console.result(mean("logged", log));
    target.ifPresent(other -> console.result(mean("on policy", other)));
  }

  private static String mean(String what, BanditLog log) {
    Estimate mean = log.mean();
    return String.format(
        Locale.ROOT,
        "%-23s %.5f ± %.5f  %14d  (%s)",
        what,
        mean.value(),
        mean.ci95(),
        log.choices().size(),
        log.name());
  }
}
