package dev.freshet.job.log;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** {@link LoggedEvent} as bytes. */
public final class LoggedEventSerializer extends ImmutableSerializer<LoggedEvent> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public LoggedEvent createInstance() {
    return new LoggedEvent(0, 0, 0, null, null);
  }

  @Override
  public void serialize(LoggedEvent event, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeInt(event.partition());
    target.writeLong(event.offset());
    target.writeLong(event.timestampMillis());
    writeOptional(event.key(), target);
    writeOptional(event.value(), target);
  }

  @Override
  public LoggedEvent deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "log record");
    return new LoggedEvent(
        source.readInt(),
        source.readLong(),
        source.readLong(),
        readOptional(source),
        readOptional(source));
  }

  private static void writeOptional(byte @Nullable [] bytes, DataOutputView target)
      throws IOException {
    target.writeBoolean(bytes != null);
    if (bytes != null) {
      writeBytes(bytes, target);
    }
  }

  private static byte @Nullable [] readOptional(DataInputView source) throws IOException {
    return source.readBoolean() ? readBytes(source) : null;
  }

  @Override
  public TypeSerializerSnapshot<LoggedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LoggedEvent> {
    public Snapshot() {
      super(LoggedEventSerializer::new);
    }
  }
}
