package dev.freshet.trainer.readers;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;

/** What an outer graph gave, by name. */
final class Outputs {
  private Outputs() {}

  static Tensor of(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new IllegalStateException(
          "The outer graph gives no '%s', expected among %s.".formatted(name, outputs.keySet()));
    }
    return tensor;
  }
}
