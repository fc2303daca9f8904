package dev.freshet.job.items;

import dev.freshet.job.items.ItemNews.Counted;
import dev.freshet.job.items.ItemNews.Described;
import dev.freshet.job.items.ItemNews.SegmentSaid;
import dev.freshet.job.log.ImmutableSerializer;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link ItemNews} as bytes. */
public final class ItemNewsSerializer extends ImmutableSerializer<ItemNews> {
  private static final long serialVersionUID = 1L;
  private static final byte DESCRIBED = 0;
  private static final byte COUNTED = 1;
  private static final byte SEGMENT = 2;

  @Override
  public ItemNews createInstance() {
    return new Described("", "", Optional.empty(), true);
  }

  @Override
  public void serialize(ItemNews news, DataOutputView target) throws IOException {
    if (news instanceof Described described) {
      target.writeByte(DESCRIBED);
      target.writeUTF(described.lineage());
      target.writeUTF(described.item());
      writeTexts(described.attributes(), target);
      target.writeBoolean(described.available());
    } else if (news instanceof Counted counted) {
      target.writeByte(COUNTED);
      target.writeUTF(counted.lineage());
      target.writeUTF(counted.item());
      target.writeDouble(counted.value());
      target.writeBoolean(counted.joined());
      target.writeLong(counted.atSeconds());
      target.writeDouble(counted.halfLifeSeconds());
      target.writeBoolean(counted.known());
    } else {
      SegmentSaid said = (SegmentSaid) news;
      target.writeByte(SEGMENT);
      target.writeUTF(said.lineage());
      target.writeUTF(said.segment().task());
      target.writeInt(said.segment().rows().size());
      for (SegmentRow row : said.segment().rows()) {
        target.writeUTF(row.item());
        target.writeDouble(row.number());
      }
    }
  }

  @Override
  public ItemNews deserialize(DataInputView source) throws IOException {
    byte kind = source.readByte();
    String lineage = source.readUTF();
    return switch (kind) {
      case DESCRIBED ->
          new Described(lineage, source.readUTF(), readTexts(source), source.readBoolean());
      case COUNTED ->
          new Counted(
              lineage,
              source.readUTF(),
              source.readDouble(),
              source.readBoolean(),
              source.readLong(),
              source.readDouble(),
              source.readBoolean());
      case SEGMENT -> new SegmentSaid(lineage, readSegment(source));
      default -> throw new IOException("News of items has kind " + kind + ", expected 0-2");
    };
  }

  private static SegmentState readSegment(DataInputView source) throws IOException {
    String task = source.readUTF();
    int count = source.readInt();
    List<SegmentRow> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(new SegmentRow(source.readUTF(), source.readDouble()));
    }
    return new SegmentState(task, rows);
  }

  static void writeTexts(Optional<List<String>> texts, DataOutputView target) throws IOException {
    target.writeInt(texts.map(List::size).orElse(-1));
    for (String text : texts.orElse(List.of())) {
      target.writeUTF(text);
    }
  }

  static Optional<List<String>> readTexts(DataInputView source) throws IOException {
    int count = source.readInt();
    if (count < 0) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(source.readUTF());
    }
    return Optional.of(texts);
  }

  @Override
  public TypeSerializerSnapshot<ItemNews> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemNews> {
    public Snapshot() {
      super(ItemNewsSerializer::new);
    }
  }
}
