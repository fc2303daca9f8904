package dev.freshet.job.sink;

import dev.freshet.job.log.WireType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A prediction on its way to Kafka: encoded, with the key and partition of its query.
 *
 * <p>Not a record class: arrays have no value equality.
 */
public final class PredictionRecord {
  /** How it crosses the network, should the sink not be chained. */
  public static final TypeInformation<PredictionRecord> TYPE =
      new WireType<>(PredictionRecord.class, new PredictionRecordSerializer());

  private final byte[] key;
  private final int partition;
  private final long queryAppendedMillis;
  private final byte[] value;

  /**
   * @param queryAppendedMillis when the broker appended the query; goes into a header
   */
  public PredictionRecord(byte[] key, int partition, long queryAppendedMillis, byte[] value) {
    this.key = key;
    this.partition = partition;
    this.queryAppendedMillis = queryAppendedMillis;
    this.value = value;
  }

  public byte[] key() {
    return key;
  }

  public int partition() {
    return partition;
  }

  public long queryAppendedMillis() {
    return queryAppendedMillis;
  }

  public byte[] value() {
    return value;
  }
}
