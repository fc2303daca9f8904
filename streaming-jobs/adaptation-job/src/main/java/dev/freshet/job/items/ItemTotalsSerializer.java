package dev.freshet.job.items;

import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link ItemTotals} as state. */
final class ItemTotalsSerializer extends ImmutableSerializer<ItemTotals> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public ItemTotals createInstance() {
    return ItemTotals.NONE;
  }

  @Override
  public void serialize(ItemTotals totals, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    ItemNewsSerializer.writeTexts(totals.attributes(), target);
    target.writeBoolean(totals.listed());
    target.writeBoolean(totals.withdrawn());
    target.writeLong(totals.count());
    target.writeDouble(totals.sum());
    target.writeDouble(totals.recent());
    target.writeLong(totals.recentAtSeconds());
  }

  @Override
  public ItemTotals deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "totals of an item");
    return new ItemTotals(
        ItemNewsSerializer.readTexts(source),
        source.readBoolean(),
        source.readBoolean(),
        source.readLong(),
        source.readDouble(),
        source.readDouble(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ItemTotals> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemTotals> {
    public Snapshot() {
      super(ItemTotalsSerializer::new);
    }
  }
}
