package dev.freshet.job.items;

import dev.freshet.job.log.ImmutableSerializer;
import dev.freshet.job.log.WireType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A record that the job writes into a partition of the log. Not a record class: arrays have no
 * value equality.
 */
public final class LogRecord {
  /** How it crosses the network, should the sink not be chained. */
  public static final TypeInformation<LogRecord> TYPE =
      new WireType<>(LogRecord.class, new Serializer());

  private final int partition;
  private final byte[] key;
  private final byte[] value;

  public LogRecord(int partition, byte[] key, byte[] value) {
    this.partition = partition;
    this.key = key;
    this.value = value;
  }

  public int partition() {
    return partition;
  }

  public byte[] key() {
    return key;
  }

  public byte[] value() {
    return value;
  }

  /** As bytes. */
  public static final class Serializer extends ImmutableSerializer<LogRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public LogRecord createInstance() {
      return new LogRecord(0, new byte[0], new byte[0]);
    }

    @Override
    public void serialize(LogRecord record, DataOutputView target) throws IOException {
      target.writeInt(record.partition());
      writeBytes(record.key(), target);
      writeBytes(record.value(), target);
    }

    @Override
    public LogRecord deserialize(DataInputView source) throws IOException {
      return new LogRecord(source.readInt(), readBytes(source), readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<LogRecord> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** What a savepoint remembers of the serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogRecord> {
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
