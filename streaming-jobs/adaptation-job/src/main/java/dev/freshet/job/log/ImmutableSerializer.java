package dev.freshet.job.log;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serialises values that nobody changes: a copy is the value itself. */
public abstract class ImmutableSerializer<T> extends TypeSerializerSingleton<T> {
  private static final long serialVersionUID = 1L;

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  /** Reads the version byte that leads every value, and refuses one it does not know. */
  protected static void requireVersion(DataInputView source, int expected, String what)
      throws IOException {
    requireVersion(source, expected, expected, what);
  }

  /**
   * The same for a value that was written in several ways over time.
   *
   * @return which of them it is
   */
  protected static int requireVersion(DataInputView source, int oldest, int newest, String what)
      throws IOException {
    int version = source.readByte();
    if (version < oldest || version > newest) {
      throw new IOException(
          "Stored "
              + what
              + " has version "
              + version
              + ", expected "
              + oldest
              + " to "
              + newest
              + ". Was this state written by a newer Freshet?");
    }
    return version;
  }

  protected static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  protected static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return bytes;
  }

  /** Float32, little-endian, after their count. */
  protected static void writeFloats(float[] values, DataOutputView target) throws IOException {
    writeBytes(Floats.toBytes(values), target);
  }

  protected static float[] readFloats(DataInputView source) throws IOException {
    return Floats.fromBytes(readBytes(source));
  }
}
