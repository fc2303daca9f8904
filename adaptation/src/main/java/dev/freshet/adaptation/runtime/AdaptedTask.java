package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;

/** Adapted parameters of one task: a cache of what its release makes of its support. Immutable. */
public final class AdaptedTask {
  /** Object headers, references and shapes of one parameter and of the task; an estimate. */
  private static final int OVERHEAD_BYTES = 96;

  private final String release;
  private final int ways;
  private final int waysPadded;
  private final List<Tensor> parameters;

  AdaptedTask(String release, int ways, int waysPadded, List<Tensor> parameters) {
    this.release = release;
    this.ways = ways;
    this.waysPadded = waysPadded;
    this.parameters = List.copyOf(parameters);
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
