package dev.freshet.job.stamp;

import dev.freshet.job.log.ImmutableSerializer;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.UndecodableException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link LedgerEntry} as state: the record as it would stand in the log. */
final class LedgerEntrySerializer extends ImmutableSerializer<LedgerEntry> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;
  private static final TaskEventCodec CODEC = new TaskEventCodec();

  @Override
  public LedgerEntry createInstance() {
    return new LedgerEntry(0, "", new ItemsChanged("none", 1, 0, List.of(), List.of()));
  }

  @Override
  public void serialize(LedgerEntry entry, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeInt(entry.partition());
    target.writeUTF(entry.label());
    writeBytes(CODEC.encode(entry.part()), target);
  }

  @Override
  public LedgerEntry deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "part of an item table");
    int partition = source.readInt();
    String label = source.readUTF();
    try {
      return new LedgerEntry(partition, label, (ItemsChanged) CODEC.decode(readBytes(source)));
    } catch (UndecodableException e) {
      throw new IOException("A stored part of an item table cannot be read", e);
    }
  }

  @Override
  public TypeSerializerSnapshot<LedgerEntry> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LedgerEntry> {
    public Snapshot() {
      super(LedgerEntrySerializer::new);
    }
  }
}
