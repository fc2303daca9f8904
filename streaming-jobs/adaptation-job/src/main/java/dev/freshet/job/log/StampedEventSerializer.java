package dev.freshet.job.log;

import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.UndecodableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link StampedEvent} as bytes: those of the log, the stamp, and the encoded texts. */
public final class StampedEventSerializer extends ImmutableSerializer<StampedEvent> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 2;
  private static final TaskEventCodec CODEC = new TaskEventCodec();
  private static final LoggedEventSerializer LOGGED = new LoggedEventSerializer();

  @Override
  public StampedEvent createInstance() {
    throw new IllegalStateException("A stamped event is never empty; it cannot be reused.");
  }

  @Override
  public void serialize(StampedEvent event, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    LOGGED.serialize(event.logged(), target);
    target.writeUTF(event.stamp().release());
    target.writeUTF(event.stamp().digest());
    target.writeLong(event.stamp().epoch());
    target.writeBoolean(event.truncated());
    target.writeInt(event.vectors().size());
    for (float[] vector : event.vectors()) {
      writeFloats(vector, target);
    }
    target.writeInt(event.prior().size());
    for (SegmentRow row : event.prior()) {
      target.writeUTF(row.item());
      target.writeDouble(row.number());
    }
  }

  @Override
  public StampedEvent deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "stamped event");
    LoggedEvent logged = LOGGED.deserialize(source);
    ReleaseStamp stamp = new ReleaseStamp(source.readUTF(), source.readUTF(), source.readLong());
    boolean truncated = source.readBoolean();
    int count = source.readInt();
    List<float[]> vectors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      vectors.add(readFloats(source));
    }
    int rows = source.readInt();
    List<SegmentRow> prior = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      prior.add(new SegmentRow(source.readUTF(), source.readDouble()));
    }
    return new StampedEvent(logged, decoded(logged), stamp, vectors, truncated, prior);
  }

  private static TaskEvent.OfTask decoded(LoggedEvent logged) throws IOException {
    try {
      return (TaskEvent.OfTask) CODEC.decode(Objects.requireNonNull(logged.value()));
    } catch (UndecodableException e) {
      throw new IOException("An event decoded before cannot be decoded any more", e);
    }
  }

  @Override
  public TypeSerializerSnapshot<StampedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StampedEvent> {
    public Snapshot() {
      super(StampedEventSerializer::new);
    }
  }
}
