package dev.freshet.standalone.log;

import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends events of tasks and of items to the log: idempotent, acknowledged by all replicas, under
 * the key of their task or item. Fences are for a release desk and for the job. Thread-safe.
 */
public final class EventWriter implements AutoCloseable {
  private final TaskEventCodec codec = new TaskEventCodec();
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public EventWriter(BrokerLink broker) {
    Map<String, Object> settings = new HashMap<>(broker.client());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", 1);
    settings.put("delivery.timeout.ms", 30_000);
    settings.put("request.timeout.ms", 10_000);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public Future<RecordMetadata> append(TaskEvent event) {
    return append(event, codec.encode(event));
  }

  /** Appends an event in the bytes it came in. */
  public Future<RecordMetadata> append(TaskEvent event, byte[] bytes) {
    return producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, key(event).bytes(), bytes));
  }

  private static TaskKey key(TaskEvent event) {
    return event instanceof ItemDescribed described
        ? described.key()
        : TaskKey.of(event)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is a fence, expected an event of a task or of an item; a release is"
                                .formatted(event)
                            + " activated with `freshet releases activate`."));
  }

  /** Appends and waits until the broker has it. */
  public RecordMetadata appendNow(TaskEvent event) {
    return settled(append(event));
  }

  /**
   * Appends without waiting; what the broker does not take, {@link #flush} and {@link
   * #requireNoFailure} report.
   */
  public void appendOrFailLater(TaskEvent event) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(Topics.TASK_EVENTS, key(event).bytes(), codec.encode(event)),
            (at, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
  }

  /**
   * Waits until the broker has everything.
   *
   * @throws CommandFailure if it did not take something
   */
  public void flush() {
    producer.flush();
    requireNoFailure();
  }

  /**
   * Fails if the broker did not take something.
   *
   * @throws CommandFailure that says why
   */
  public void requireNoFailure() {
    @Nullable Exception failed = failure.get();
    if (failed != null) {
      throw new CommandFailure(Exit.FAILED, "The broker did not take an event: " + failed, failed);
    }
  }

  /**
   * Waits for an append.
   *
   * @throws CommandFailure if the broker did not take it
   */
  public static RecordMetadata settled(Future<RecordMetadata> appended) {
    try {
      return appended.get();
    } catch (ExecutionException e) {
      throw new CommandFailure(
          Exit.FAILED, "The broker did not take the event: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
