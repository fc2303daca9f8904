package dev.freshet.trainer.readerstream;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Users' examples in force, and how far each was from its item's base. */
final class Offsets {
  private final double shrinkage;
  private final Map<String, Map<String, Residual>> ofUsers = new HashMap<>();

  private record Residual(ReaderStep.RatingGiven given, double value) {}

  Offsets(double shrinkage) {
    this.shrinkage = shrinkage;
  }

  private Map<String, Residual> residuals(String user) {
    return ofUsers.computeIfAbsent(user, unused -> new LinkedHashMap<>());
  }

  void add(ReaderStep.RatingGiven given, double base) {
    residuals(given.user()).put(given.example(), new Residual(given, given.value() - base));
  }

  /** What was given then. */
  ReaderStep.RatingGiven remove(String user, String example) {
    Residual removed = residuals(user).remove(example);
    if (removed == null) {
      throw new IllegalArgumentException(
          "User '%s' takes back example '%s', which is not in force.".formatted(user, example));
    }
    return removed.given();
  }

  double of(String user) {
    Map<String, Residual> residuals = residuals(user);
    double sum = residuals.values().stream().mapToDouble(Residual::value).sum();
    return sum / (residuals.size() + shrinkage);
  }

  Set<String> items(String user) {
    Set<String> items = new HashSet<>();
    residuals(user).values().forEach(residual -> items.add(residual.given().item()));
    return items;
  }
}
