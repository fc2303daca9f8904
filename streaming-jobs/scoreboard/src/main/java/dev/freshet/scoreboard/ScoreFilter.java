package dev.freshet.scoreboard;

import dev.freshet.schemas.ScoreRecord;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which scores are asked for.
 *
 * @param wanted by parameter name; empty for all scores
 */
record ScoreFilter(Map<String, String> wanted) {
  private static final List<String> PARAMETERS = List.of("lineage", "release", "head");

  ScoreFilter {
    wanted = Map.copyOf(wanted);
  }

  /**
   * @throws IllegalArgumentException if the query string names anything else, or one of them twice
   *     or with no value
   */
  static ScoreFilter parse(@Nullable String rawQuery) {
    Map<String, String> wanted = new TreeMap<>();
    for (String parameter : rawQuery == null ? new String[0] : rawQuery.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      require(PARAMETERS.contains(name), "parameter is '%s', expected one of %s", name, PARAMETERS);
      require(!value.isBlank(), "parameter %s is empty, expected e.g. ?%s=a", name, name);
      require(wanted.put(name, value) == null, "parameter %s stands twice", name);
    }
    return new ScoreFilter(wanted);
  }

  /** For paths that take no parameters. */
  static void refuseAny(@Nullable String rawQuery) {
    require(rawQuery == null, "got the parameters '%s', expected none", String.valueOf(rawQuery));
  }

  boolean admits(ScoreRecord score) {
    return isWanted("lineage", score.lineage())
        && isWanted("release", score.release())
        && isWanted("head", score.head());
  }

  private boolean isWanted(String parameter, String value) {
    return wanted.getOrDefault(parameter, value).equals(value);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void require(boolean condition, String message, Object... args) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(message, args));
    }
  }
}
