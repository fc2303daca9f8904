package dev.freshet.scoreboard;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Turns settings into values and collects what is wrong with them. Where something is, an
 * acceptable value is returned, so that reading goes on and the same problem is told only once.
 */
final class SettingsReader {
  private static final Map<ScoreboardKey, String> WHERE_REQUIRED =
      Map.of(ScoreboardKey.BOOTSTRAP_SERVERS, "unknown:0", ScoreboardKey.STATE_DIRECTORY, ".");

  private final Map<String, String> settings;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
    List<String> known = Arrays.stream(ScoreboardKey.values()).map(ScoreboardKey::key).toList();
    for (String key : new TreeSet<>(settings.keySet())) {
      if (!known.contains(key)) {
        problems.add(key + ": no such setting, expected one of " + known);
      }
    }
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  String text(ScoreboardKey key) {
    return read(key, "a text", text -> text);
  }

  Path path(ScoreboardKey key) {
    return read(key, "a path", Path::of);
  }

  Duration duration(ScoreboardKey key) {
    return read(key, "a duration, e.g. PT0.1S, PT12H or P1D", Duration::parse);
  }

  int number(ScoreboardKey key) {
    return read(key, "a whole number", Integer::valueOf);
  }

  private <T> T read(ScoreboardKey key, String expected, Function<String, T> parse) {
    String acceptable = key.defaultValue().orElseGet(() -> WHERE_REQUIRED.getOrDefault(key, ""));
    String given = settings.get(key.key());
    if (given == null) {
      if (key.defaultValue().isEmpty()) {
        problems.add(key.key() + ": missing, expected " + key.meaning());
      }
      return parse.apply(acceptable);
    }
    try {
      return parse.apply(given.strip());
    } catch (DateTimeParseException | NumberFormatException | InvalidPathException e) {
      problems.add(key.problem(expected, given));
      return parse.apply(acceptable);
    }
  }
}
