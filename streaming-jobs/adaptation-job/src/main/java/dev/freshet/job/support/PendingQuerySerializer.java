package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link PendingQuery} as state. */
final class PendingQuerySerializer extends ImmutableSerializer<PendingQuery> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public PendingQuery createInstance() {
    return new PendingQuery(0, 0, SupportVector.of(new float[1]));
  }

  @Override
  public void serialize(PendingQuery query, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(query.offset());
    target.writeLong(query.timestampMillis());
    writeFloats(query.vector().values(), target);
  }

  @Override
  public PendingQuery deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "pending query");
    return new PendingQuery(
        source.readLong(), source.readLong(), SupportVector.of(readFloats(source)));
  }

  @Override
  public TypeSerializerSnapshot<PendingQuery> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PendingQuery> {
    public Snapshot() {
      super(PendingQuerySerializer::new);
    }
  }
}
