package dev.freshet.schemas;

import java.util.Optional;

/**
 * A label of a classification task.
 *
 * <p>Its name and description are worth an example: encoded, they are part of the support, so a
 * task can answer before its first example.
 *
 * @param id names the label in targets and scores; 1 to 256 characters
 * @param name what people call it, e.g. {@code board games}; 1 to 512 characters
 * @param description a sentence about it, if there is one
 */
public record Label(String id, String name, Optional<String> description) {
  private static final int NAME_CHARACTERS_MAX = 512;

  public Label {
    Require.id("label id", id);
    Require.text("label name", name, NAME_CHARACTERS_MAX);
    description.ifPresent(
        d -> Require.that(!d.isBlank(), "description of label '%s' is empty", id));
  }

  public Label(String id, String name) {
    this(id, name, Optional.empty());
  }

  /** What the encoder reads as the label's pseudo-example. */
  public String text() {
    return description.map(d -> name + ": " + d).orElse(name);
  }
}
