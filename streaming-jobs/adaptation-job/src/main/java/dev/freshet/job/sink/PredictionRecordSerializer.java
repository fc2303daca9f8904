package dev.freshet.job.sink;

import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link PredictionRecord} as bytes. */
public final class PredictionRecordSerializer extends ImmutableSerializer<PredictionRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public PredictionRecord createInstance() {
    return new PredictionRecord(new byte[0], 0, 0, new byte[0]);
  }

  @Override
  public void serialize(PredictionRecord record, DataOutputView target) throws IOException {
    writeBytes(record.key(), target);
    target.writeInt(record.partition());
    target.writeLong(record.queryAppendedMillis());
    writeBytes(record.value(), target);
  }

  @Override
  public PredictionRecord deserialize(DataInputView source) throws IOException {
    return new PredictionRecord(
        readBytes(source), source.readInt(), source.readLong(), readBytes(source));
  }

  @Override
  public TypeSerializerSnapshot<PredictionRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PredictionRecord> {
    public Snapshot() {
      super(PredictionRecordSerializer::new);
    }
  }
}
