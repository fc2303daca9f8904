package dev.freshet.trainer.recommendation;

import dev.freshet.trainer.evaluation.StudentQuantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A learner's figures at a number of events, one for each user. The mean is over users, each
 * counting the same however much they rated; its interval is Student's over users.
 */
final class Measures {
  private final Map<String, Double> ofUser = new TreeMap<>();

  /**
   * A mean with half the width of its 95 % interval.
   *
   * @param ci95 empty for a single user
   */
  record Mean(double value, OptionalDouble ci95, int users) {}

  void add(String user, double value) {
    ofUser.put(user, value);
  }

  boolean isEmpty() {
    return ofUser.isEmpty();
  }

  Mean mean() {
    return mean(List.copyOf(ofUser.values()));
  }

  /** How much more than another's, user by user, over those that both have. */
  Mean minus(Measures other) {
    List<Double> differences = new ArrayList<>();
    ofUser.forEach(
        (user, value) -> {
          Double theirs = other.ofUser.get(user);
          if (theirs != null) {
            differences.add(value - theirs);
          }
        });
    return mean(differences);
  }

  static Mean mean(List<Double> values) {
    int count = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (count < 2) {
      return new Mean(mean, OptionalDouble.empty(), count);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares / (count - 1) / count);
    return new Mean(mean, OptionalDouble.of(StudentQuantile.of(count - 1) * error), count);
  }
}
