package dev.freshet.job.stamp;

import dev.freshet.job.log.ImmutableSerializer;
import dev.freshet.job.log.ReleaseStamp;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link ActiveRelease} as state. */
final class ActiveReleaseSerializer extends ImmutableSerializer<ActiveRelease> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public ActiveRelease createInstance() {
    return new ActiveRelease(0, "", new ReleaseStamp("", "", 0));
  }

  @Override
  public void serialize(ActiveRelease active, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeInt(active.partition());
    target.writeUTF(active.lineage());
    target.writeUTF(active.stamp().release());
    target.writeUTF(active.stamp().digest());
    target.writeLong(active.stamp().epoch());
  }

  @Override
  public ActiveRelease deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "active release");
    return new ActiveRelease(
        source.readInt(),
        source.readUTF(),
        new ReleaseStamp(source.readUTF(), source.readUTF(), source.readLong()));
  }

  @Override
  public TypeSerializerSnapshot<ActiveRelease> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ActiveRelease> {
    public Snapshot() {
      super(ActiveReleaseSerializer::new);
    }
  }
}
