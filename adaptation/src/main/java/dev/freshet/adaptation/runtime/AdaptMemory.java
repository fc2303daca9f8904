package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import java.util.Map;
import java.util.Objects;

/** What a task occupies while it is adapted, by what the adapt graph declares. */
final class AdaptMemory {
  /** A step of an inner loop has a weight and its gradient in its hands. */
  private static final int COPIES_OF_WEIGHT = 2;

  private final Map<Dim, Integer> sizes;

  private AdaptMemory(AdaptCall.Size size) {
    this.sizes = Map.of(Dim.TASKS, 1, Dim.SUPPORT, size.support(), Dim.WAYS, size.ways());
  }

  static long bytesPerTask(LoadedRelease release, AdaptCall.Size size) {
    AdaptMemory memory = new AdaptMemory(size);
    long elements = 0;
    for (var input : release.adaptSignature().inputs().entrySet()) {
      boolean shared = release.initialization().containsKey(input.getKey());
      elements += shared ? 0 : memory.elements(input.getValue());
    }
    for (GraphShape parameter : release.adaptSignature().outputs().values()) {
      elements += memory.elements(parameter) * (isWeight(parameter) ? COPIES_OF_WEIGHT : 1);
    }
    return Float.BYTES * elements;
  }

  /** Of a size that neither support nor ways decide: a layer's, which an inner loop moves. */
  private static boolean isWeight(GraphShape parameter) {
    return parameter.dims().stream().skip(1).allMatch(dim -> dim instanceof Dim.Fixed);
  }

  private long elements(GraphShape shape) {
    long elements = 1;
    for (Dim dim : shape.dims()) {
      elements *=
          dim instanceof Dim.Fixed fixed ? fixed.size() : Objects.requireNonNull(sizes.get(dim));
    }
    return elements;
  }
}
