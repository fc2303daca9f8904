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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts the stream's answers as they come, each position of the log once; those of the warm-up are
 * passed over. Used by one thread.
 */
final class AnswerWatch implements AutoCloseable {
  private final RecordCodec<Prediction> codec = RecordCodec.predictions();
  private final Set<Position> answered = new HashSet<>();
  private final TopicReader reader;
  private final long startMillis;
  private OptionalDouble firstSeconds = OptionalDouble.empty();

  /**
   * Watches from the first answer on.
   *
   * @param startMillis from when the wait for the first answer counts
   */
  AnswerWatch(BrokerLink broker, long startMillis) {
    this.reader = new TopicReader(broker);
    this.startMillis = startMillis;
    reader.fromBeginning(reader.partitions(Topics.PREDICTIONS));
  }

  /** Looks for new answers; waits at most {@code patience} for the first. */
  void look(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> read : reader.poll(patience)) {
      try {
        count(codec.decode(read.value()));
      } catch (UndecodableException e) {
        throw new IllegalStateException("A prediction cannot be read: " + e.getMessage(), e);
      }
    }
  }

  private void count(Prediction prediction) {
    if (WarmUp.is(prediction.task())) {
      return;
    }
    if (firstSeconds.isEmpty()) {
      firstSeconds = OptionalDouble.of((System.currentTimeMillis() - startMillis) / 1000.0);
    }
    answered.add(new Position(prediction.partition(), prediction.offset()));
  }

  long answered() {
    return answered.size();
  }

  /** Seconds until the first answer was seen. */
  OptionalDouble firstSeconds() {
    return firstSeconds;
  }

  @Override
  public void close() {
    reader.close();
  }
}
