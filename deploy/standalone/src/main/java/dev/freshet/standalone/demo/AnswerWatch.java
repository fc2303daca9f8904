package dev.freshet.standalone.demo;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.TopicReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts the stream's answers as they come, each position of the log once; those of other tasks are
 * passed over. Used by one thread.
 */
public final class AnswerWatch implements AutoCloseable {
  private final RecordCodec<Prediction> codec = RecordCodec.predictions();
  private final Set<Position> answered = new HashSet<>();
  private final TopicReader reader;
  private final long startMillis;
  private final Predicate<String> tasks;
  private final Consumer<Prediction> listener;
  private OptionalDouble firstSeconds = OptionalDouble.empty();

  /**
   * Watches from the first answer on.
   *
   * @param startMillis from when the wait for the first answer counts
   * @param tasks whose answers are counted
   * @param listener is told of each of them, once
   */
  public AnswerWatch(
      BrokerLink broker, long startMillis, Predicate<String> tasks, Consumer<Prediction> listener) {
    this.reader = new TopicReader(broker);
    this.startMillis = startMillis;
    this.tasks = tasks;
    this.listener = listener;
    reader.fromBeginning(reader.partitions(Topics.PREDICTIONS));
  }

  /** Looks for new answers; waits at most {@code patience} for the first. */
  public void look(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> read : reader.poll(patience)) {
      try {
        count(codec.decode(read.value()));
      } catch (UndecodableException e) {
        throw new IllegalStateException("A prediction cannot be read: " + e.getMessage(), e);
      }
    }
  }

  private void count(Prediction prediction) {
    if (!tasks.test(prediction.task())) {
      return;
    }
    if (firstSeconds.isEmpty()) {
      firstSeconds = OptionalDouble.of((System.currentTimeMillis() - startMillis) / 1000.0);
    }
    if (answered.add(new Position(prediction.partition(), prediction.offset()))) {
      listener.accept(prediction);
    }
  }

  public long answered() {
    return answered.size();
  }

  /** Seconds until the first answer was seen. */
  public OptionalDouble firstSeconds() {
    return firstSeconds;
  }

  @Override
  public void close() {
    reader.close();
  }
}
