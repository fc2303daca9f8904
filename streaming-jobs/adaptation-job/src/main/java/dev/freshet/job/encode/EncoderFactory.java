package dev.freshet.job.encode;

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
    return new MiniLm();
  }

  /** {@link #miniLm()}. */
  final class MiniLm implements EncoderFactory {
    private static final long serialVersionUID = 1L;
    private static final int DIMENSION = 384;

    @Override
    public TextEncoder create() {
      return MiniLmEncoder.create();
    }

    @Override
    public String id() {
      return MiniLmEncoder.ID;
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }
  }
}
