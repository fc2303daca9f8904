package dev.freshet.broker;

import dev.freshet.schemas.Topics;
import dev.freshet.schemas.Topics.TopicSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Makes the topics that are missing, and checks those that exist: partitions are never added to a
 * live topic, and times must be the broker's.
 */
public final class TopicSetup {
  /**
   * Must be as the specification says. Retention is not here: to change it is the owner's right.
   */
  private static final Set<String> FIXED = Set.of("cleanup.policy", "message.timestamp.type");

  private final Admin admin;
  private final int taskPartitions;

  /**
   * @param taskPartitions of the topics keyed by task
   */
  public TopicSetup(Admin admin, int taskPartitions) {
    this.admin = admin;
    this.taskPartitions = taskPartitions;
  }

  /**
   * Makes or checks them.
   *
   * @throws IllegalStateException that lists everything wrong with the topics that exist; nothing
   *     is made then
   */
  public void ensure() {
    Set<String> existing = get(admin.listTopics().names());
    List<TopicSpec> present =
        Topics.all().stream().filter(spec -> existing.contains(spec.name())).toList();
    List<String> problems = new ArrayList<>(partitionProblems(present));
    problems.addAll(configProblems(present));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "The topics on this broker are not as Freshet needs them:\n  "
              + String.join("\n  ", problems));
    }
    create(Topics.all().stream().filter(spec -> !existing.contains(spec.name())).toList());
  }

  private void create(Collection<TopicSpec> missing) {
    List<NewTopic> topics =
        missing.stream()
            .map(
                spec ->
                    new NewTopic(spec.name(), spec.partitions(taskPartitions), (short) 1)
                        .configs(spec.config()))
            .toList();
    get(admin.createTopics(topics).all());
  }

  private List<String> partitionProblems(List<TopicSpec> present) {
    Map<String, TopicDescription> found =
        get(admin.describeTopics(present.stream().map(TopicSpec::name).toList()).allTopicNames());
    List<String> problems = new ArrayList<>();
    for (TopicSpec spec : present) {
      TopicDescription description = found.get(spec.name());
      int partitions = description == null ? 0 : description.partitions().size();
      int expected = spec.partitions(taskPartitions);
      if (partitions != expected) {
        problems.add(
            String.format(
                "topic '%s' has %d partitions, expected %d. Partitions cannot be changed on a live"
                    + " topic, tasks would move away from their history: use another data directory"
                    + " or broker, or copy the log to a new one.",
                spec.name(), partitions, expected));
      }
    }
    return problems;
  }

  private List<String> configProblems(List<TopicSpec> present) {
    List<ConfigResource> resources = present.stream().map(TopicSetup::resource).toList();
    Map<ConfigResource, Config> found = get(admin.describeConfigs(resources).all());
    List<String> problems = new ArrayList<>();
    for (TopicSpec spec : present) {
      Config config = found.get(resource(spec));
      for (String key : FIXED) {
        ConfigEntry entry = config == null ? null : config.get(key);
        String got = entry == null ? "unset" : entry.value();
        String expected = spec.config().getOrDefault(key, got);
        if (!expected.equals(got)) {
          problems.add(
              String.format(
                  "topic '%s' has %s=%s, expected %s. Set it with kafka-configs.sh --alter.",
                  spec.name(), key, got, expected));
        }
      }
    }
    return problems;
  }

  private static ConfigResource resource(TopicSpec spec) {
    return new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker refused: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while setting up topics", e);
    }
  }
}
