package dev.freshet.job.support;

import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link PendingQuery} as state. */
final class PendingQuerySerializer extends ImmutableSerializer<PendingQuery> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 2;
  private static final int VERSION_OF_VECTORS = 1;
  private static final ObservedSerializer OBSERVED = new ObservedSerializer();

  @Override
  public PendingQuery createInstance() {
    return new PendingQuery(0, 0, Optional.empty());
  }

  @Override
  public void serialize(PendingQuery query, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(query.offset());
    target.writeLong(query.timestampMillis());
    target.writeBoolean(query.observed().isPresent());
    if (query.observed().isPresent()) {
      OBSERVED.serialize(query.observed().get(), target);
    }
  }

  @Override
  public PendingQuery deserialize(DataInputView source) throws IOException {
    int version = requireVersion(source, VERSION_OF_VECTORS, VERSION, "pending query");
    return new PendingQuery(source.readLong(), source.readLong(), readObserved(version, source));
  }

  private static Optional<Observed> readObserved(int version, DataInputView source)
      throws IOException {
    if (version == VERSION_OF_VECTORS) {
      return Optional.of(OBSERVED.readVector(source));
    }
    return source.readBoolean() ? Optional.of(OBSERVED.deserialize(source)) : Optional.empty();
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
