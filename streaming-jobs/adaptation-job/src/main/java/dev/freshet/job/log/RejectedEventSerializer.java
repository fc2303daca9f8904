package dev.freshet.job.log;

import dev.freshet.schemas.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link RejectedEvent} as bytes. */
public final class RejectedEventSerializer extends ImmutableSerializer<RejectedEvent> {
  private static final long serialVersionUID = 1L;
  private static final LoggedEventSerializer LOGGED = new LoggedEventSerializer();

  @Override
  public RejectedEvent createInstance() {
    return new RejectedEvent(LOGGED.createInstance(), RejectionReason.UNDECODABLE, "");
  }

  @Override
  public void serialize(RejectedEvent event, DataOutputView target) throws IOException {
    LOGGED.serialize(event.logged(), target);
    target.writeUTF(event.reason().name());
    writeBytes(event.message().getBytes(StandardCharsets.UTF_8), target);
  }

  @Override
  public RejectedEvent deserialize(DataInputView source) throws IOException {
    return new RejectedEvent(
        LOGGED.deserialize(source),
        RejectionReason.valueOf(source.readUTF()),
        new String(readBytes(source), StandardCharsets.UTF_8));
  }

  @Override
  public TypeSerializerSnapshot<RejectedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RejectedEvent> {
    public Snapshot() {
      super(RejectedEventSerializer::new);
    }
  }
}
