package dev.freshet.job.support;

import dev.freshet.adaptation.items.ItemMoment;
import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link Observed} as part of a state. */
final class ObservedSerializer extends ImmutableSerializer<Observed> {
  private static final long serialVersionUID = 1L;
  private static final byte VECTOR = 0;
  private static final byte ITEM = 1;

  @Override
  public Observed createInstance() {
    return new Observed.OfVector(SupportVector.of(new float[1]));
  }

  @Override
  public void serialize(Observed observed, DataOutputView target) throws IOException {
    if (observed instanceof Observed.OfVector vector) {
      target.writeByte(VECTOR);
      writeFloats(vector.vector().values(), target);
      return;
    }
    Observed.OfItem item = (Observed.OfItem) observed;
    target.writeByte(ITEM);
    target.writeUTF(item.item());
    target.writeInt((int) Math.min(Integer.MAX_VALUE, item.moment().count()));
    target.writeDouble(item.moment().sum());
    target.writeFloat(item.moment().recent());
  }

  @Override
  public Observed deserialize(DataInputView source) throws IOException {
    byte kind = source.readByte();
    return switch (kind) {
      case VECTOR -> readVector(source);
      case ITEM ->
          new Observed.OfItem(
              source.readUTF(),
              new ItemMoment(source.readInt(), source.readDouble(), source.readFloat()));
      default -> throw new IOException("Stored features have kind " + kind + ", expected 0 or 1");
    };
  }

  /** As all were before there were items. */
  Observed readVector(DataInputView source) throws IOException {
    return new Observed.OfVector(SupportVector.of(readFloats(source)));
  }

  @Override
  public TypeSerializerSnapshot<Observed> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observed> {
    public Snapshot() {
      super(ObservedSerializer::new);
    }
  }
}
