package dev.freshet.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What only logs are judged by. */
final class OffPolicyOptions {
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

  Optional<Path> log() {
    return log;
  }

  List<String> logColumns() {
    return logColumns;
  }

  List<String> contextColumns() {
    return contextColumns;
  }

  String policy() {
    return policy;
  }

  Optional<Path> targetLog() {
    return targetLog;
  }

  Optional<Double> weightMax() {
    return weightMax;
  }

  int rows() {
    return rows;
  }
}
