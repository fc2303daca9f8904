package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;

/**
 * Adapted parameters of one task: a cache of what its release makes of its support. Immutable.
 *
 * <p>Where the learner diverged on that support, there are none.
 */
public final class AdaptedTask {
  /** Object headers, references and shapes of one parameter and of the task; an estimate. */
  private static final int OVERHEAD_BYTES = 96;

  private final String release;
  private final int ways;
  private final int waysPadded;
  private final List<Tensor> parameters;
  private final boolean diverged;

  private AdaptedTask(
      String release, int ways, int waysPadded, List<Tensor> parameters, boolean diverged) {
    this.release = release;
    this.ways = ways;
    this.waysPadded = waysPadded;
    this.parameters = List.copyOf(parameters);
    this.diverged = diverged;
  }

  /** Drops parameters of which one is not finite. */
  static AdaptedTask of(String release, int ways, int waysPadded, List<Tensor> parameters) {
    boolean finite = parameters.stream().allMatch(Tensor::isFinite);
    return new AdaptedTask(release, ways, waysPadded, finite ? parameters : List.of(), !finite);
  }

  static AdaptedTask withoutWays(String release) {
    return new AdaptedTask(release, 0, 0, List.of(), false);
  }

  /**
   * Whether adapting gave numbers that are not finite, as too large a learning rate does. The
   * answers of such a task are undecided: the same probability for every way, or a score of 0.
   */
  public boolean diverged() {
    return diverged;
  }

  /** Number of labels, hence of scores per query. */
  public int ways() {
    return ways;
  }

  /** What a cache that holds this should count. */
  public long bytes() {
    long bytes = OVERHEAD_BYTES;
    for (Tensor parameter : parameters) {
      bytes += OVERHEAD_BYTES + 4L * parameter.shape().elements();
    }
    return bytes;
  }

  /** Digest of the release that adapted this task; no other can answer for it. */
  public String release() {
    return release;
  }

  int waysPadded() {
    return waysPadded;
  }

  /** In the order of the outputs of the release's adapt graph, padding included. */
  List<Tensor> parameters() {
    return parameters;
  }
}
