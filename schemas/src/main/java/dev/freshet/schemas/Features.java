package dev.freshet.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** What is known of an example or a query: a text, a vector, or an item of the catalogue. */
public sealed interface Features {

  /** A text, turned into a vector by the encoder of the lineage. */
  record TextFeatures(String text) implements Features {}

  /** A reference to an item whose features the release or the log holds. */
  record ItemFeatures(String item) implements Features {
    public ItemFeatures {
      Require.id("item", item);
    }
  }

  /**
   * A vector made elsewhere, in the space of the lineage's encoder. On the wire little-endian
   * float32 bytes with their dimension.
   *
   * <p>Holds whatever was sent, NaN and infinities included: refusing them is the job's decision,
   * which keeps the bytes of what it refuses.
   */
  final class VectorFeatures implements Features {
    private final float[] vector;
    private final Optional<String> encoder;

    /**
     * @param vector at least one component; copied
     * @param encoder id of the encoder that made the vector, if the sender says
     */
    public VectorFeatures(float[] vector, Optional<String> encoder) {
      this(encoder, vector.clone());
    }

    public VectorFeatures(float... vector) {
      this(Optional.empty(), vector.clone());
    }

    /** Takes the array over without a copy. */
    private VectorFeatures(Optional<String> encoder, float[] owned) {
      Require.that(owned.length > 0, "a feature vector has at least one component");
      this.vector = owned;
      this.encoder = encoder;
    }

    static VectorFeatures fromBytes(ByteBuffer bytes, int dim, Optional<String> encoder) {
      Require.that(
          bytes.remaining() == 4L * dim,
          "vector has dim %d but %d bytes, expected %d (little-endian float32)",
          dim,
          bytes.remaining(),
          4L * dim);
      float[] vector = new float[dim];
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      return new VectorFeatures(encoder, vector);
    }

    ByteBuffer toBytes() {
      ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      return bytes;
    }

    public int dimension() {
      return vector.length;
    }

    /** A copy of the components. */
    public float[] vector() {
      return vector.clone();
    }

    /** Index of the first component that is NaN or of a larger magnitude, if any is. */
    public OptionalInt firstBeyond(float magnitudeMax) {
      for (int i = 0; i < vector.length; i++) {
        if (!(Math.abs(vector[i]) <= magnitudeMax)) {
          return OptionalInt.of(i);
        }
      }
      return OptionalInt.empty();
    }

    public Optional<String> encoder() {
      return encoder;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof VectorFeatures that
          && Arrays.equals(vector, that.vector)
          && encoder.equals(that.encoder);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(vector) + encoder.hashCode();
    }

    @Override
    public String toString() {
      return "VectorFeatures[dim=" + vector.length + ", encoder=" + encoder.orElse("unsaid") + "]";
    }
  }
}
