package dev.freshet.job.encode;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.encoders.EncoderChoice;
import dev.freshet.encoders.FloatMiniLmEncoder;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import java.io.Serializable;

/** Makes the encoder where the job runs: models do not travel with the job graph. */
public interface EncoderFactory extends Serializable {
  TextEncoder create();

  /** The id of what {@link #create} makes, known without making it. */
  String id();

  /** Length of its vectors, likewise. */
  int dimension();

  /** MiniLM, from its Maven artifact. */
  static EncoderFactory miniLm() {
    return named(MiniLmEncoder.ID, Device.CPU);
  }

  /**
   * MiniLM in one of its forms.
   *
   * @param id {@link MiniLmEncoder#ID}, or {@link FloatMiniLmEncoder#ID} where that was built in
   * @param device of the float model; the quantised one is for the CPU alone
   */
  static EncoderFactory named(String id, Device device) {
    return new MiniLm(requireKnown(id), device);
  }

  /**
   * The id again.
   *
   * @throws IllegalArgumentException if no encoder has it
   */
  static String requireKnown(String id) {
    if (!id.equals(MiniLmEncoder.ID) && !id.equals(FloatMiniLmEncoder.ID)) {
      throw new IllegalArgumentException(
          "no encoder '%s', expected %s or %s"
              .formatted(id, MiniLmEncoder.ID, FloatMiniLmEncoder.ID));
    }
    return id;
  }

  /** {@link #named}. */
  record MiniLm(String id, Device device) implements EncoderFactory {
    private static final long serialVersionUID = 2L;
    private static final int DIMENSION = 384;

    @Override
    public TextEncoder create() {
      return EncoderChoice.create(id, device);
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }
  }
}
