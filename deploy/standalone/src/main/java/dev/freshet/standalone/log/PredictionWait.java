package dev.freshet.standalone.log;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.RejectionHeaders;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks a query and waits for its answer, or for the reason why there is none. Used by one thread.
 */
public final class PredictionWait implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final TopicReader reader;
  private final EventWriter writer;
  private final RecordCodec<Prediction> predictions = RecordCodec.predictions();

  public PredictionWait(BrokerLink broker) {
    this.reader = new TopicReader(broker);
    this.writer = new EventWriter(broker);
  }

  /**
   * The answer to a query.
   *
   * @throws CommandFailure with {@link Exit#FAILED} if the query was refused, with {@link
   *     Exit#INCOMPLETE} if no answer came in time
   */
  public Prediction ask(QueryAsked query, Duration patience) {
    reader.fromEnd(answersOf(query));
    RecordMetadata asked = writer.appendNow(query);
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> read : reader.poll(POLL)) {
        Optional<Prediction> answer = answer(read, asked);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    }
    throw new CommandFailure(
        Exit.INCOMPLETE,
        String.format(
            "No answer to query '%s' (%s, partition %d, offset %d) within %d ms. The query is in"
                + " the log and will be answered once the job runs: is `freshet up` running"
                + " against this broker?",
            query.query(), asked.topic(), asked.partition(), asked.offset(), patience.toMillis()));
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }

  /** The partition where the answer will appear, and the rejected events. */
  private List<TopicPartition> answersOf(QueryAsked query) {
    List<TopicPartition> all = reader.partitions(Topics.PREDICTIONS);
    int partition = new TaskKey(query.lineage(), query.task()).partition(all.size());
    List<TopicPartition> watched = new ArrayList<>(reader.partitions(Topics.REJECTED_EVENTS));
    watched.add(all.get(partition));
    return watched;
  }

  private Optional<Prediction> answer(ConsumerRecord<byte[], byte[]> read, RecordMetadata asked) {
    if (read.topic().equals(Topics.REJECTED_EVENTS)) {
      requireNotRejected(read, asked);
      return Optional.empty();
    }
    try {
      Prediction prediction = predictions.decode(read.value());
      boolean ours =
          prediction.partition() == asked.partition() && prediction.offset() == asked.offset();
      return ours ? Optional.of(prediction) : Optional.empty();
    } catch (UndecodableException e) {
      return Optional.empty();
    }
  }

  private static void requireNotRejected(
      ConsumerRecord<byte[], byte[]> read, RecordMetadata asked) {
    String partition = RecordText.header(read, RejectionHeaders.PARTITION);
    String offset = RecordText.header(read, RejectionHeaders.OFFSET);
    if (partition.equals(Integer.toString(asked.partition()))
        && offset.equals(Long.toString(asked.offset()))) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "The query was refused: %s: %s",
              RecordText.header(read, RejectionHeaders.EXCEPTION),
              RecordText.header(read, RejectionHeaders.MESSAGE)));
    }
  }
}
