package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.job.log.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link SupportVector} as state: its numbers; what it remembers of them is computed again. */
final class SupportVectorSerializer extends ImmutableSerializer<SupportVector> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public SupportVector createInstance() {
    return SupportVector.of(new float[1]);
  }

  @Override
  public void serialize(SupportVector vector, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    writeFloats(vector.values(), target);
  }

  @Override
  public SupportVector deserialize(DataInputView source) throws IOException {
    requireVersion(source, VERSION, "vector");
    return SupportVector.of(readFloats(source));
  }

  @Override
  public TypeSerializerSnapshot<SupportVector> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SupportVector> {
    public Snapshot() {
      super(SupportVectorSerializer::new);
    }
  }
}
