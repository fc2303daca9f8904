package dev.freshet.job;

import dev.freshet.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/** How many partitions the log has, and whether predictions can stand beside it. */
final class LogPartitions {
  private static final long ANSWER_SECONDS_MAX = 30;

  private LogPartitions() {}

  /**
   * Asks the broker.
   *
   * @throws IllegalStateException if a topic is missing or the counts differ
   */
  static int count(String bootstrapServers) {
    List<String> names = List.of(Topics.TASK_EVENTS, Topics.PREDICTIONS, Topics.REJECTED_EVENTS);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Map<String, TopicDescription> topics =
          admin.describeTopics(names).allTopicNames().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
      int events = partitions(topics, Topics.TASK_EVENTS);
      int predictions = partitions(topics, Topics.PREDICTIONS);
      if (events != predictions) {
        throw new IllegalStateException(
            Topics.PREDICTIONS
                + " has "
                + predictions
                + " partitions, expected "
                + events
                + " as "
                + Topics.TASK_EVENTS
                + " has. Make it anew with the same number.");
      }
      return events;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "Cannot read the topics "
              + names
              + " at "
              + bootstrapServers
              + ". Is the broker up, and were the topics made? "
              + e,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking for topics", e);
    }
  }

  private static int partitions(Map<String, TopicDescription> topics, String name) {
    TopicDescription topic = topics.get(name);
    if (topic == null) {
      throw new IllegalStateException("There is no topic " + name + ". Make it first.");
    }
    return topic.partitions().size();
  }
}
