package dev.freshet.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final TopicPartition FIRST = new TopicPartition(Topics.TASK_EVENTS, 0);

  @TempDir Path directory;

  @Test
  void whatWasSaidSurvivesARestartOnAnotherPort() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      ensureTopics(broker);
      say(broker, "hello");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      ensureTopics(broker);
      assertThat(heard(broker)).containsExactly("hello");
    }
  }

  /** Kafka's controller would end the whole process; see {@link SparedProcess}. */
  @Test
  void chosenPortsThatWereTakenMeanwhileAreChosenAnew() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();
      List<Integer> free = distinctPorts(5);
      int listening = free.get(0);
      Iterator<Integer> forController = List.of(taken, free.get(1), listening).iterator();
      try (EmbeddedBroker broker =
          EmbeddedBroker.start(directory, listening, forController::next)) {
        assertThat(broker.bootstrapServers()).endsWith(":" + listening);
        ensureTopics(broker);
      }
      Iterator<Integer> forBoth = List.of(free.get(2), taken, free.get(3), free.get(4)).iterator();
      try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, forBoth::next)) {
        assertThat(broker.bootstrapServers()).doesNotEndWith(":" + taken);
      }
      assertThat(forBoth.hasNext()).isFalse();
    }
  }

  @Test
  void brokerAndControllerNeverChooseTheSamePort() {
    List<Integer> free = distinctPorts(3);
    Iterator<Integer> once = List.of(free.get(0), free.get(0), free.get(1)).iterator();
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, once::next)) {
      assertThat(broker.bootstrapServers()).endsWith(":" + free.get(1));
    }
    int given = free.get(2);
    Iterator<Integer> forController = List.of(given, free.get(0)).iterator();
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, given, forController::next)) {
      assertThat(broker.bootstrapServers()).endsWith(":" + given);
    }
  }

  @Test
  void aGivenPortThatIsTakenIsReportedAtOnce() throws Exception {
    AtomicInteger choices = new AtomicInteger();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();
      assertThatThrownBy(
              () ->
                  EmbeddedBroker.start(
                      directory,
                      taken,
                      () -> {
                        choices.incrementAndGet();
                        return FreePort.find();
                      }))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("127.0.0.1:" + taken)
          .hasMessageContaining("Address already in use");
    }
    assertThat(choices).hasValue(1);
  }

  private static List<Integer> distinctPorts(int count) {
    return IntStream.generate(FreePort::find).distinct().limit(count).boxed().toList();
  }

  private static void ensureTopics(EmbeddedBroker broker) {
    try (Admin admin = Admin.create(client(broker))) {
      new TopicSetup(admin, 4).ensure();
    }
  }

  private static void say(EmbeddedBroker broker, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, 0, "key", value)).get();
    }
  }

  private static List<String> heard(EmbeddedBroker broker) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(FIRST));
      consumer.seekToBeginning(List.of(FIRST));
      long end = consumer.endOffsets(List.of(FIRST)).getOrDefault(FIRST, 0L);
      while (consumer.position(FIRST) < end) {
        for (ConsumerRecord<String, String> read : consumer.poll(Duration.ofMillis(100))) {
          values.add(read.value());
        }
      }
    }
    return values;
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
