package dev.freshet.adaptation.learner;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One kind of answer over the same support.
 *
 * @param name what a query asks for; lower-case letters, digits and dashes; none of {@link
 *     #RESERVED}
 * @param kind what its scores mean
 */
public record Head(String name, Kind kind) {
  /** What a head's scores mean. */
  public enum Kind {
    /** Probabilities over the ways of the task. */
    CLASSIFICATION,
    /** A number for the query. */
    SCORING,
    /** A number by which candidates are put in order. */
    RANKING
  }

  /** Yardsticks that can be asked of any release beside its own heads. */
  public static final Set<String> RESERVED = Set.of("unadapted", "prototype");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  public Head {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Head name '" + name + "' is not of the form " + NAME.pattern() + ".");
    }
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "Head name '"
              + name
              + "' is reserved: it asks any release for that yardstick. Choose another name.");
    }
  }

  public static Head classification(String name) {
    return new Head(name, Kind.CLASSIFICATION);
  }

  public static Head scoring(String name) {
    return new Head(name, Kind.SCORING);
  }

  public static Head ranking(String name) {
    return new Head(name, Kind.RANKING);
  }
}
