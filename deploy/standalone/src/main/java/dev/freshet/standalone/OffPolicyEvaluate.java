package dev.freshet.standalone;

import dev.freshet.standalone.console.Console;
import dev.freshet.trainer.offpolicy.BanditColumns;
import dev.freshet.trainer.offpolicy.BanditFile;
import dev.freshet.trainer.offpolicy.BanditLog;
import dev.freshet.trainer.offpolicy.BanditSimulation;
import dev.freshet.trainer.offpolicy.FrequencyPolicy;
import dev.freshet.trainer.offpolicy.OffPolicyEvaluation;
import dev.freshet.trainer.offpolicy.RefusedRows;
import dev.freshet.trainer.offpolicy.TargetPolicy;
import dev.freshet.trainer.offpolicy.UniformPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * {@code freshet evaluate --off-policy}: what a policy would have earned, from another one's log.
 */
final class OffPolicyEvaluate {
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
  void run(OffPolicyOptions options, Optional<Long> simulated) {
    if (options.log().isPresent() == simulated.isPresent()) {
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

  private void simulate(OffPolicyOptions options, long seed) {
    if (options.rows() < 2 || options.rows() > ROWS_MAX) {
      throw Input.misuse("--rows is " + options.rows() + ", expected 2 to " + ROWS_MAX + ".");
    }
    if (options.targetLog().isPresent()) {
      throw Input.misuse("--target-log goes with --log: a simulation knows its truth.");
    }
    BanditSimulation window = new BanditSimulation(seed);
    BanditLog log = window.log(options.rows(), 0);
    List<OffPolicyReport.Row> rows = new ArrayList<>();
    for (TargetPolicy policy : window.policies()) {
      rows.addAll(rows(log, policy, options, OptionalDouble.of(window.truth(policy))));
    }
    show(new OffPolicyReport(log, rows, Optional.empty()));
  }

  private void estimate(OffPolicyOptions options) {
    BanditColumns columns = columns(options);
    BanditLog log = BanditFile.read(options.log().orElseThrow(), columns);
    Optional<BanditLog> target = options.targetLog().map(file -> BanditFile.read(file, columns));
    noteRefused(log);
    target.ifPresent(this::noteRefused);
    List<OffPolicyReport.Row> rows =
        rows(log, policy(options, log, target), options, OptionalDouble.empty());
    show(new OffPolicyReport(log, rows, target));
  }

  private static BanditColumns columns(OffPolicyOptions options) {
    List<String> names = options.logColumns();
    if (names.size() != 4) {
      throw Input.misuse(
          "--log-columns has "
              + names.size()
              + " names, expected four: of action, position, reward and propensity.");
    }
    BanditColumns named =
        new BanditColumns(
            names.get(0), names.get(1), names.get(2), names.get(3), options.contextColumns());
    boolean isOpenBandit =
        options.contextColumns().isEmpty()
            && named
                .withContext(BanditColumns.OPEN_BANDIT.context())
                .equals(BanditColumns.OPEN_BANDIT);
    return isOpenBandit ? BanditColumns.OPEN_BANDIT : named;
  }

  private static TargetPolicy policy(
      OffPolicyOptions options, BanditLog log, Optional<BanditLog> target) {
    return switch (options.policy()) {
      case "uniform" -> new UniformPolicy(actions(log, target));
      case "frequency" ->
          new FrequencyPolicy(
              target.orElseThrow(
                  () ->
                      Input.misuse(
                          "--policy frequency needs --target-log FILE, whose frequencies it takes.")));
      default ->
          throw Input.misuse(
              "--policy is '" + options.policy() + "', expected uniform or frequency.");
    };
  }

  private static List<String> actions(BanditLog log, Optional<BanditLog> target) {
    TreeSet<String> actions = new TreeSet<>(log.actions());
    target.ifPresent(other -> actions.addAll(other.actions()));
    return List.copyOf(actions);
  }

  private static List<OffPolicyReport.Row> rows(
      BanditLog log, TargetPolicy policy, OffPolicyOptions options, OptionalDouble truth) {
    double limit = options.weightMax().orElse(OffPolicyEvaluation.UNCLIPPED);
    return OffPolicyEvaluation.estimates(log, policy, limit).stream()
        .map(line -> new OffPolicyReport.Row(line, truth))
        .toList();
  }

  private void noteRefused(BanditLog log) {
    RefusedRows refused = log.refused();
    if (refused.total() > 0) {
      console.note("left out of " + log.name() + ": " + refused);
    }
  }

  private void show(OffPolicyReport report) {
    if (shared.json()) {
      console.document(report.document());
    } else {
      report.lines().forEach(console::result);
    }
  }
}
