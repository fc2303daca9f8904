package dev.freshet.trainer.refresh;

import java.util.Optional;

/** What a refresh came to. */
public sealed interface RefreshOutcome {
  Material material();

  /** In a sentence. */
  String reason();

  /** The past tasks do not teach enough to train and to judge; nothing was trained. */
  record NotEnough(Material material, String reason) implements RefreshOutcome {}

  /**
   * A challenger was trained and judged, or training changed nothing and there was none to judge.
   *
   * @param gate empty where the challenger is the champion
   * @param release the challenger, to be published, where the gate opens
   */
  record Judged(
      Material material,
      ClassSplit split,
      Challenger challenger,
      Optional<Gate> gate,
      Optional<RefreshedRelease> release)
      implements RefreshOutcome {
    @Override
    public String reason() {
      return gate.map(Gate::reason)
          .orElse("Nothing that was tried is better on the classes that choose.");
    }
  }
}
