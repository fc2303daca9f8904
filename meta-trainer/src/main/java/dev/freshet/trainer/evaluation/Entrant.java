package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.release.Release;

/**
 * A release to be judged.
 *
 * @param name what the table calls it, such as {@code default}
 */
public record Entrant(String name, Release release) {
  /** The table's name for the release that serves. */
  public static final String DEFAULT = "default";

  public Entrant {
    if (name.isBlank() || Yardstick.isNameOfOne(name)) {
      throw new IllegalArgumentException(
          "A learner cannot be called '" + name + "': give a name that no yardstick has.");
    }
    if (!release.manifest().classifies()) {
      throw new IllegalArgumentException(
          "Release " + release + " gives numbers, expected one that tells labels apart.");
    }
  }
}
