package dev.freshet.standalone.load.readers;

import dev.freshet.job.sink.PredictionWriter;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.RecordText;
import dev.freshet.standalone.log.TopicReader;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Counts the answers to queries as they come, and how long each took by the broker's clock. */
final class Answers implements AutoCloseable {
  private final RecordCodec<Prediction> codec = RecordCodec.predictions();
  private final TopicReader reader;
  private final String bot;
  private final BitSet answered = new BitSet();
  private Histogram neighbours = new Histogram(3);
  private Histogram own = new Histogram(3);
  private long duplicates;

  /**
   * Counts from now on.
   *
   * @param bot the task whose latency is told apart
   */
  Answers(BrokerLink broker, String bot) {
    this.bot = bot;
    this.reader = new TopicReader(broker);
    List<TopicPartition> partitions = reader.partitions(Topics.PREDICTIONS);
    reader.fromEnd(partitions);
  }

  /** Takes what has come; waits so long if nothing has. */
  void take(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> read : reader.poll(patience)) {
      take(read);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> read) {
    Prediction prediction;
    try {
      prediction = codec.decode(read.value());
    } catch (UndecodableException e) {
      throw new IllegalStateException("A prediction of this run cannot be read", e);
    }
    int query = ReaderEvents.number(prediction.query());
    if (answered.get(query)) {
      duplicates++;
      return;
    }
    answered.set(query);
    long asked = Long.parseLong(RecordText.header(read, PredictionWriter.QUERY_APPENDED_MILLIS));
    (prediction.task().equals(bot) ? own : neighbours)
        .recordValue(Math.max(0, read.timestamp() - asked));
  }

  /** Queries with an answer. */
  int count() {
    return answered.cardinality();
  }

  long duplicates() {
    return duplicates;
  }

  Histogram neighbours() {
    return neighbours;
  }

  Histogram own() {
    return own;
  }

  /** Measures anew. */
  void startOver() {
    neighbours = new Histogram(3);
    own = new Histogram(3);
  }

  @Override
  public void close() {
    reader.close();
  }
}
