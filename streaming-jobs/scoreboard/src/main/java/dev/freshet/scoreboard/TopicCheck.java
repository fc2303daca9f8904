package dev.freshet.scoreboard;

import dev.freshet.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to count where counting would go wrong silently: topics that are not there, and
 * predictions and outcomes of a task that lie in different partitions and so never meet.
 */
final class TopicCheck {
  private static final List<String> NEEDED =
      List.of(Topics.TASK_EVENTS, Topics.PREDICTIONS, Topics.SCORES);
  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
  // Where broker, job and scoreboard start side by side on a small machine, all are slow at first.
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(60);
  // Brokers hear of a topic a moment after its creation was confirmed.
  private static final Duration HEARD_OF_WITHIN = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final Duration heardOfWithin;

  TopicCheck(String bootstrapServers) {
    this(bootstrapServers, HEARD_OF_WITHIN);
  }

  /** For a test that does not want to wait for topics that nobody makes. */
  TopicCheck(String bootstrapServers, Duration heardOfWithin) {
    this.bootstrapServers = bootstrapServers;
    this.heardOfWithin = heardOfWithin;
  }

  /**
   * @throws ScoreboardStartException if the scoreboard must not start
   */
  void run() {
    try {
      int partitions = sharedPartitionCount(partitionCounts());
      new PartitionerCheck(bootstrapServers, partitions, ANSWER_TIME_MAX).run();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private Map<String, Integer> partitionCounts() {
    try (Admin admin = admin()) {
      Map<String, Integer> counts = partitionCounts(admin);
      if (!missing(counts).isEmpty()) {
        LOG.info("Waiting up to {} for the topics {}", heardOfWithin, missing(counts));
      }
      long deadlineNanos = System.nanoTime() + heardOfWithin.toNanos();
      while (!missing(counts).isEmpty() && System.nanoTime() - deadlineNanos < 0) {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
        counts = partitionCounts(admin);
      }
      refuseMissing(missing(counts));
      return counts;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Math.toIntExact(ANSWER_TIME_MAX.toMillis())));
  }

  private Map<String, Integer> partitionCounts(Admin admin) throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> topics =
        admin.describeTopics(NEEDED).topicNameValues();
    Map<String, Integer> counts = new TreeMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : topics.entrySet()) {
      try {
        counts.put(topic.getKey(), topic.getValue().get().partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw unreachable(e);
        }
      }
    }
    return counts;
  }

  private static Set<String> missing(Map<String, Integer> counts) {
    Set<String> missing = new TreeSet<>(NEEDED);
    missing.removeAll(counts.keySet());
    return missing;
  }

  private void refuseMissing(Set<String> missing) {
    if (!missing.isEmpty()) {
      throw new ScoreboardStartException(
          ("Cannot start the scoreboard on %s: expected the topics %s, but %s not there. Create"
                  + " them first, as dev.freshet.schemas.Topics describes them; `freshet up` does.")
              .formatted(
                  bootstrapServers, NEEDED, missing + (missing.size() == 1 ? " is" : " are")));
    }
  }

  private int sharedPartitionCount(Map<String, Integer> counts) {
    int events = counts.getOrDefault(Topics.TASK_EVENTS, 0);
    int predictions = counts.getOrDefault(Topics.PREDICTIONS, 0);
    if (events != predictions) {
      throw new ScoreboardStartException(
          ("Cannot start the scoreboard on %s: %s has %d partitions and %s has %d, expected the"
                  + " same number, or a task's predictions never meet its outcomes. Create the"
                  + " predictions topic anew with %d partitions; never add partitions to the log.")
              .formatted(
                  bootstrapServers,
                  Topics.TASK_EVENTS,
                  events,
                  Topics.PREDICTIONS,
                  predictions,
                  events));
    }
    return events;
  }

  private ScoreboardStartException unreachable(Exception cause) {
    return new ScoreboardStartException(
        ("Cannot start the scoreboard: the brokers at %s did not answer within %s (%s). Check"
                + " bootstrap.servers and that Kafka is running.")
            .formatted(bootstrapServers, ANSWER_TIME_MAX, cause.getMessage()),
        cause);
  }
}
