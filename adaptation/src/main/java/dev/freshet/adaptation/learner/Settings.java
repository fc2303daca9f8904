package dev.freshet.adaptation.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A value for every {@link Setting} of a learner, each within its range. */
public final class Settings {
  private final SortedMap<String, Double> values;

  private Settings(SortedMap<String, Double> values) {
    this.values = values;
  }

  /** The defaults, with these values in place of some. Reports all problems at once. */
  public static Settings of(List<Setting> declared, Map<String, Double> chosen) {
    SortedMap<String, Double> values = new TreeMap<>();
    declared.forEach(setting -> values.put(setting.name(), setting.defaultValue()));
    List<String> problems = new ArrayList<>();
    for (var entry : new TreeMap<>(chosen).entrySet()) {
      if (values.replace(entry.getKey(), entry.getValue()) == null) {
        problems.add(
            "unknown setting '" + entry.getKey() + "', expected one of " + values.keySet());
      }
    }
    for (Setting setting : declared) {
      double value = values.getOrDefault(setting.name(), setting.defaultValue());
      if (!setting.allows(value)) {
        problems.add(
            "'%s' is %s, expected %s to %s"
                .formatted(setting.name(), value, setting.minimum(), setting.maximum()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream().collect(Collectors.joining("; ", "Learner settings: ", ".")));
    }
    return new Settings(values);
  }

  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "No setting '" + name + "', expected one of " + values.keySet() + ".");
    }
    return value;
  }

  /** By name, in alphabetical order. */
  public Map<String, Double> asMap() {
    return new TreeMap<>(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
