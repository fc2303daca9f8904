package dev.freshet.trainer.corpus;

import java.util.List;
import java.util.Optional;

/**
 * A label and the texts that bear it.
 *
 * @param id unique within its corpus
 * @param name what people call it
 * @param texts distinct, in a fixed order
 */
public record Category(String id, String name, Optional<String> description, List<String> texts) {
  public Category {
    if (id.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "A category needs an id and a name; got id '" + id + "' and name '" + name + "'.");
    }
    texts = List.copyOf(texts);
  }
}
