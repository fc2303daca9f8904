package dev.freshet.job.support;

import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the parent of a task says, as state. */
final class PriorSerializer extends ImmutableSerializer<List<PriorRow>> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;
  private static final ObservedSerializer OBSERVED = new ObservedSerializer();

  @Override
  public List<PriorRow> createInstance() {
    return List.of();
  }

  @Override
  public void serialize(List<PriorRow> rows, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeInt(rows.size());
    for (PriorRow row : rows) {
      OBSERVED.serialize(row.observed(), target);
      target.writeDouble(row.number());
    }
  }

  @Override
  public List<PriorRow> deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "prior of a task");
    int count = source.readInt();
    List<PriorRow> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Observed observed = OBSERVED.deserialize(source);
      rows.add(new PriorRow((Observed.OfItem) observed, source.readDouble()));
    }
    return List.copyOf(rows);
  }

  @Override
  public TypeSerializerSnapshot<List<PriorRow>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<List<PriorRow>> {
    public Snapshot() {
      super(PriorSerializer::new);
    }
  }
}
