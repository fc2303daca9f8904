package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.job.log.ImmutableSerializer;
import dev.freshet.schemas.Target;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link StoredExample} as state. */
public final class StoredExampleSerializer extends ImmutableSerializer<StoredExample> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 2;
  private static final int VERSION_OF_VECTORS = 1;
  private static final ObservedSerializer OBSERVED = new ObservedSerializer();
  private static final byte LABEL = 0;
  private static final byte NUMBER = 1;
  private static final byte ITEM = 2;

  @Override
  public StoredExample createInstance() {
    return new StoredExample("", 0, 0, new Target.NumberTarget(0), SupportVector.of(new float[1]));
  }

  @Override
  public void serialize(StoredExample example, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeUTF(example.id());
    target.writeLong(example.offset());
    target.writeLong(example.timestampMillis());
    writeTarget(example.target(), target);
    OBSERVED.serialize(example.observed(), target);
  }

  private static void writeTarget(Target value, DataOutputView target) throws IOException {
    if (value instanceof Target.LabelTarget label) {
      target.writeByte(LABEL);
      target.writeUTF(label.label());
    } else if (value instanceof Target.NumberTarget number) {
      target.writeByte(NUMBER);
      target.writeDouble(number.value());
    } else {
      target.writeByte(ITEM);
      target.writeUTF(((Target.ItemTarget) value).item());
    }
  }

  @Override
  public StoredExample deserialize(DataInputView source) throws IOException {
    int version = requireVersion(source, VERSION_OF_VECTORS, VERSION, "example");
    return new StoredExample(
        source.readUTF(),
        source.readLong(),
        source.readLong(),
        readTarget(source),
        version == VERSION ? OBSERVED.deserialize(source) : OBSERVED.readVector(source));
  }

  private static Target readTarget(DataInputView source) throws IOException {
    byte kind = source.readByte();
    return switch (kind) {
      case LABEL -> new Target.LabelTarget(source.readUTF());
      case NUMBER -> new Target.NumberTarget(source.readDouble());
      case ITEM -> new Target.ItemTarget(source.readUTF());
      default -> throw new IOException("Stored example has target kind " + kind + ", expected 0-2");
    };
  }

  @Override
  public TypeSerializerSnapshot<StoredExample> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StoredExample> {
    public Snapshot() {
      super(StoredExampleSerializer::new);
    }
  }
}
