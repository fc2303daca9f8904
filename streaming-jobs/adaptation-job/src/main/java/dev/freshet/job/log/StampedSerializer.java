package dev.freshet.job.log;

import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.UndecodableException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link Stamped} as bytes. */
public final class StampedSerializer extends ImmutableSerializer<Stamped> {
  private static final long serialVersionUID = 1L;
  private static final byte EVENT = 0;
  private static final byte ITEMS = 1;
  private static final TaskEventCodec CODEC = new TaskEventCodec();
  private static final StampedEventSerializer EVENTS = new StampedEventSerializer();

  @Override
  public Stamped createInstance() {
    return EVENTS.createInstance();
  }

  @Override
  public void serialize(Stamped value, DataOutputView target) throws IOException {
    if (value instanceof StampedEvent event) {
      target.writeByte(EVENT);
      EVENTS.serialize(event, target);
      return;
    }
    StampedItems items = (StampedItems) value;
    target.writeByte(ITEMS);
    target.writeUTF(items.routingKey());
    target.writeInt(items.partition());
    target.writeUTF(items.label());
    target.writeBoolean(items.fromScratch());
    writeBytes(CODEC.encode(items.change()), target);
  }

  @Override
  public Stamped deserialize(DataInputView source) throws IOException {
    if (source.readByte() == EVENT) {
      return EVENTS.deserialize(source);
    }
    return new StampedItems(
        source.readUTF(),
        source.readInt(),
        source.readUTF(),
        source.readBoolean(),
        change(readBytes(source)));
  }

  private static ItemsChanged change(byte[] bytes) throws IOException {
    try {
      return (ItemsChanged) CODEC.decode(bytes);
    } catch (UndecodableException e) {
      throw new IOException("A change of items encoded before cannot be decoded any more", e);
    }
  }

  @Override
  public TypeSerializerSnapshot<Stamped> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Stamped> {
    public Snapshot() {
      super(StampedSerializer::new);
    }
  }
}
