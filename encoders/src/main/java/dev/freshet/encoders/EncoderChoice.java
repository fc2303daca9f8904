package dev.freshet.encoders;

import dev.freshet.adaptation.runtime.Device;

/** Encoders by their ids, as releases name them. */
public final class EncoderChoice {
  private EncoderChoice() {}

  /**
   * Loads one.
   *
   * @param id {@link MiniLmEncoder#ID} or {@link FloatMiniLmEncoder#ID}
   * @param device of the float model; the quantised one is for the CPU alone
   * @throws IllegalArgumentException if there is none of that id, or its model was not built in
   */
  public static TextEncoder create(String id, Device device) {
    return switch (id) {
      case MiniLmEncoder.ID -> MiniLmEncoder.create();
      case FloatMiniLmEncoder.ID -> {
        if (!FloatMiniLmEncoder.isAvailable()) {
          throw new IllegalArgumentException(
              "The model of encoder '" + id + "' is not here: build with -Pfloat-encoder.");
        }
        yield FloatMiniLmEncoder.create(device);
      }
      default ->
          throw new IllegalArgumentException(
              "No encoder '%s', expected %s or %s."
                  .formatted(id, MiniLmEncoder.ID, FloatMiniLmEncoder.ID));
    };
  }
}
