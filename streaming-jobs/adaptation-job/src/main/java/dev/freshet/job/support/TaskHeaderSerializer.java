package dev.freshet.job.support;

import dev.freshet.job.log.ImmutableSerializer;
import dev.freshet.schemas.SupportPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link TaskHeader} as state. */
public final class TaskHeaderSerializer extends ImmutableSerializer<TaskHeader> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 2;
  private static final int VERSION_WITHOUT_ITEMS = 1;

  @Override
  public TaskHeader createInstance() {
    return TaskHeader.NONE;
  }

  @Override
  public void serialize(TaskHeader header, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeBoolean(header.opened());
    writePolicy(header.policy(), target);
    target.writeInt(header.labels().size());
    for (TaskLabel label : header.labels()) {
      target.writeUTF(label.id());
      target.writeLong(label.namedAt());
      target.writeInt(label.rank());
      target.writeInt(label.examples());
    }
    target.writeInt(header.examples());
    target.writeLong(header.version());
    target.writeLong(header.clockMillis());
    target.writeLong(header.oldestMillis());
    target.writeInt(header.tombstones());
    target.writeInt(header.pending());
    target.writeBoolean(header.segment());
    target.writeInt(header.priorRows());
  }

  @Override
  public TaskHeader deserialize(DataInputView source) throws IOException {
    int version = requireVersion(source, VERSION_WITHOUT_ITEMS, VERSION, "task header");
    boolean ofItems = version == VERSION;
    boolean opened = source.readBoolean();
    SupportPolicy policy = readPolicy(source, ofItems);
    int count = source.readInt();
    List<TaskLabel> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(
          new TaskLabel(source.readUTF(), source.readLong(), source.readInt(), source.readInt()));
    }
    return new TaskHeader(
        opened,
        policy,
        labels,
        source.readInt(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readInt(),
        source.readInt(),
        ofItems && source.readBoolean(),
        ofItems ? source.readInt() : 0);
  }

  /** Most tasks say nothing of their policy: one byte for them. */
  private static void writePolicy(SupportPolicy policy, DataOutputView target) throws IOException {
    boolean usual = policy.equals(SupportPolicy.DEFAULT);
    target.writeBoolean(usual);
    if (!usual) {
      target.writeInt(policy.labelsMax());
      target.writeInt(policy.examplesPerLabelMax());
      target.writeInt(policy.examplesPerTaskMax());
      target.writeLong(policy.exampleAgeMax().toMillis());
      target.writeInt(policy.tombstonesMax());
      target.writeLong(policy.tombstoneAgeMax().toMillis());
      target.writeBoolean(policy.outcomesAreExamples());
      target.writeInt(policy.pendingQueriesMax());
      target.writeLong(policy.pendingQueryAgeMax().toMillis());
      target.writeBoolean(policy.unknownItemsKept());
    }
  }

  private static SupportPolicy readPolicy(DataInputView source, boolean ofItems)
      throws IOException {
    if (source.readBoolean()) {
      return SupportPolicy.DEFAULT;
    }
    return new SupportPolicy(
        source.readInt(),
        source.readInt(),
        source.readInt(),
        Duration.ofMillis(source.readLong()),
        source.readInt(),
        Duration.ofMillis(source.readLong()),
        source.readBoolean(),
        source.readInt(),
        Duration.ofMillis(source.readLong()),
        !ofItems || source.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<TaskHeader> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TaskHeader> {
    public Snapshot() {
      super(TaskHeaderSerializer::new);
    }
  }
}
