package dev.freshet.broker;

import dev.freshet.schemas.Topics;
import dev.freshet.schemas.Topics.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing, and checks those that exist: partitions are never added to a
 * live topic, and times must be the broker's.
 *
 * <p>A broker hears of a topic a moment after its controller has made it. What a broker does not
 * list is therefore missing only if the controller says so, and what exists is waited for.
 */
public final class TopicSetup {
  /**
   * Must be as the specification says. Retention is not here: to change it is the owner's right.
   */
  private static final Set<String> FIXED = Set.of("cleanup.policy", "message.timestamp.type");

  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(60);
  private static final Duration HEARD_OF_WITHIN = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

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
   * Makes or checks them. When it returns, the broker asked knows them all, and those that were
   * made take records.
   *
   * @throws IllegalStateException that lists everything wrong with the topics that exist; nothing
   *     is made then, unless another program makes topics at the same time
   */
  public void ensure() {
    List<TopicSpec> missing = missing();
    check(Topics.all().stream().filter(spec -> !missing.contains(spec)).toList());
    List<TopicSpec> madeMeanwhile = existing(missing, new CreateTopicsOptions());
    check(madeMeanwhile);
    awaitKnown(missing);
    awaitLed(missing);
  }

  private List<TopicSpec> missing() {
    Set<String> listed = get(admin.listTopics().names());
    List<TopicSpec> unlisted =
        Topics.all().stream().filter(spec -> !listed.contains(spec.name())).toList();
    List<TopicSpec> unheardOf = existing(unlisted, new CreateTopicsOptions().validateOnly(true));
    return unlisted.stream().filter(spec -> !unheardOf.contains(spec)).toList();
  }

  /** Has the controller make topics, and returns those that it already had. */
  private List<TopicSpec> existing(List<TopicSpec> specs, CreateTopicsOptions options) {
    List<NewTopic> topics = specs.stream().map(this::newTopic).toList();
    long deadline = System.nanoTime() + TAKEN_WITHIN.toNanos();
    while (true) {
      try {
        return failing(
            TopicExistsException.class, specs, admin.createTopics(topics, options).values());
      } catch (IllegalStateException e) {
        if (!isFenced(e) || System.nanoTime() > deadline) {
          throw e;
        }
        sleep(BETWEEN_LOOKS);
      }
    }
  }

  /** No broker takes topics, because its controller has not heard of it for some seconds. */
  private static boolean isFenced(IllegalStateException e) {
    return e.getCause() instanceof ExecutionException answer
        && answer.getCause() instanceof InvalidReplicationFactorException;
  }

  private NewTopic newTopic(TopicSpec spec) {
    return new NewTopic(spec.name(), spec.partitions(taskPartitions), (short) 1)
        .configs(spec.config());
  }

  private void awaitKnown(List<TopicSpec> present) {
    long deadline = System.nanoTime() + HEARD_OF_WITHIN.toNanos();
    List<TopicSpec> unknown = unknown(present);
    while (!unknown.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            String.format(
                "The controller has made %s, but the broker has not heard of it within %d s. Is the"
                    + " broker cut off from its controller?",
                names(unknown), HEARD_OF_WITHIN.toSeconds()));
      }
      sleep(BETWEEN_LOOKS);
      unknown = unknown(unknown);
    }
  }

  private List<TopicSpec> unknown(List<TopicSpec> specs) {
    return failing(
        UnknownTopicOrPartitionException.class,
        specs,
        admin.describeTopics(names(specs)).topicNameValues());
  }

  /**
   * A broker lists a topic before it leads its partitions. To a question about offsets it is asked
   * again until it does; of a producer's first batches it may refuse one and take the next.
   */
  private void awaitLed(List<TopicSpec> made) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicSpec spec : made) {
      for (int partition = 0; partition < spec.partitions(taskPartitions); partition++) {
        ends.put(new TopicPartition(spec.name(), partition), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, ListOffsetsResultInfo> unused = get(admin.listOffsets(ends).all());
  }

  private void check(List<TopicSpec> present) {
    if (present.isEmpty()) {
      return;
    }
    awaitKnown(present);
    List<String> problems = new ArrayList<>(partitionProblems(present));
    problems.addAll(configProblems(present));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "The topics on this broker are not as Freshet needs them:\n  "
              + String.join("\n  ", problems));
    }
  }

  private List<String> partitionProblems(List<TopicSpec> present) {
    Map<String, TopicDescription> found = get(admin.describeTopics(names(present)).allTopicNames());
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

  private static List<String> names(List<TopicSpec> specs) {
    return specs.stream().map(TopicSpec::name).toList();
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Those of the topics whose answer is this failure; any other failure is thrown. */
  private static List<TopicSpec> failing(
      Class<? extends ApiException> failure,
      List<TopicSpec> specs,
      Map<String, ? extends KafkaFuture<?>> answers) {
    List<TopicSpec> failing = new ArrayList<>();
    for (TopicSpec spec : specs) {
      try {
        Object unused = Objects.requireNonNull(answers.get(spec.name())).get();
      } catch (ExecutionException e) {
        if (!failure.isInstance(e.getCause())) {
          throw refused(e);
        }
        failing.add(spec);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return failing;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException refused(ExecutionException e) {
    return new IllegalStateException("The broker refused: " + e.getCause(), e);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while setting up topics", e);
  }
}
