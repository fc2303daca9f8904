package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.DomainMetric;
import java.util.List;

/**
 * How a tensor of an initialisation is learned: in a coordinate in which every number is allowed
 * and a step of one size means about the same everywhere.
 */
enum TensorKind {
  /** A logarithm, a power, a weight of a mixture: as it is. */
  NUMBER,
  /** Above zero: its logarithm. What is set to zero all but stays there. */
  POSITIVE,
  /** Between 0 and 1: its logit. */
  SHARE,
  /** Weights of layers and their rates: as they are, at a rate of their own. */
  WEIGHTS,
  /** Not learned by gradients: directions would cease to be orthonormal. */
  FROZEN;

  static final String METRIC_DIRECTIONS = "metric_directions";
  static final String METRIC_GAINS = "metric_gains";

  private static final List<String> NUMBERS =
      List.of(
          "log_temperature",
          "log_head_scale",
          "log_rates",
          "log_ridge",
          "log_prior_variance",
          "head_shots_power",
          "ways_power",
          "shots_power",
          "mixture");
  private static final List<String> POSITIVES =
      List.of("name_weight", "variance_weight", "bias_rate", "offset_prior");
  private static final List<String> SHARES = List.of("decay", METRIC_GAINS);

  private static final List<String> FITTED =
      List.of(METRIC_DIRECTIONS, DomainMetric.DIRECTIONS, DomainMetric.GAINS);

  /** Keeps a start at the very edge of its range finite. */
  private static final double EDGE = 1e-6;

  /** By the tensor's name, or in an ensemble by what follows its member's. */
  static TensorKind of(String tensor) {
    if (isOneOf(NUMBERS, tensor)) {
      return NUMBER;
    } else if (isOneOf(POSITIVES, tensor)) {
      return POSITIVE;
    } else if (isOneOf(SHARES, tensor)) {
      return SHARE;
    }
    return isOneOf(FITTED, tensor) ? FROZEN : WEIGHTS;
  }

  private static boolean isOneOf(List<String> names, String tensor) {
    return names.stream().anyMatch(name -> tensor.equals(name) || tensor.endsWith("_" + name));
  }

  double toCoordinate(double value) {
    return switch (this) {
      case NUMBER, WEIGHTS, FROZEN -> value;
      case POSITIVE -> Math.log(Math.max(EDGE, value));
      case SHARE -> {
        double inside = Math.min(1 - EDGE, Math.max(EDGE, value));
        yield Math.log(inside / (1 - inside));
      }
    };
  }

  double toValue(double coordinate) {
    return switch (this) {
      case NUMBER, WEIGHTS, FROZEN -> coordinate;
      case POSITIVE -> Math.exp(coordinate);
      case SHARE -> 1 / (1 + Math.exp(-coordinate));
    };
  }

  /** Of the value by the coordinate. */
  double slope(double coordinate) {
    return switch (this) {
      case NUMBER, WEIGHTS, FROZEN -> 1;
      case POSITIVE -> Math.exp(coordinate);
      case SHARE -> {
        double value = toValue(coordinate);
        yield value * (1 - value);
      }
    };
  }
}
