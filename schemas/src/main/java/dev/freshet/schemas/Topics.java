package dev.freshet.schemas;

import java.util.List;
import java.util.Map;

/**
 * The topics of Freshet: names, partition rules and retention, in this one place.
 *
 * <p>Topics keyed by task have the same number of partitions and Kafka's default partitioner
 * ({@link TaskKey#partition}), so that a task's events, predictions and scores can be joined
 * without a shuffle. Partitions are never added to a live topic: tasks would move away from their
 * history.
 */
public final class Topics {
  public static final String TASK_EVENTS = "freshet.task-events.v1";
  public static final String PREDICTIONS = "freshet.predictions.v1";
  public static final String RELEASES = "freshet.releases.v1";
  public static final String REJECTED_EVENTS = "freshet.rejected-events.v1";
  public static final String SCORES = "freshet.scores.v1";
  public static final String REFRESH_REQUESTS = "freshet.refresh-requests.v1";

  /** Of the topics keyed by task, where nothing else is asked for. */
  public static final int PARTITIONS_DEFAULT = 4;

  /** Largest value of a task event that is read; a larger one is rejected unread. */
  public static final int EVENT_BYTES_MAX = 512 * 1024;

  private static final int EVENT_RECORD_BYTES_MAX = 1024 * 1024;
  // A rejected event keeps its bytes and gains headers that say why.
  private static final int REJECTED_RECORD_BYTES_MAX = 2 * EVENT_RECORD_BYTES_MAX;

  /** Largest value of a prediction; the rest of the record is left for its key and headers. */
  public static final int PREDICTION_BYTES_MAX = EVENT_RECORD_BYTES_MAX - 16 * 1024;

  /** Largest key and value together of a rejected event; the rest is left for its headers. */
  public static final int REJECTED_BYTES_MAX = REJECTED_RECORD_BYTES_MAX - 64 * 1024;

  private static final String FOREVER = "-1";
  private static final String THIRTY_DAYS = Long.toString(30L * 24 * 3600 * 1000);

  private Topics() {}

  /**
   * How a topic is made.
   *
   * @param keyedByTask whether it shares the partition count of {@link #TASK_EVENTS}; the others
   *     have one partition
   * @param config Kafka topic configuration
   */
  public record TopicSpec(String name, boolean keyedByTask, Map<String, String> config) {
    public TopicSpec {
      config = Map.copyOf(config);
    }

    public int partitions(int taskPartitions) {
      return keyedByTask ? taskPartitions : 1;
    }
  }

  /** Every topic, in the order data flows. */
  public static List<TopicSpec> all() {
    return List.of(
        // Kept for ever by default: replay, explanation and refresh read it from the start, and
        // the first fence of a lineage stands there. Shorten it on purpose only, and re-activate
        // the champion afterwards.
        new TopicSpec(TASK_EVENTS, true, appendTime("delete", FOREVER, EVENT_RECORD_BYTES_MAX)),
        new TopicSpec(PREDICTIONS, true, appendTime("delete", THIRTY_DAYS, EVENT_RECORD_BYTES_MAX)),
        new TopicSpec(
            REJECTED_EVENTS, false, appendTime("delete", THIRTY_DAYS, REJECTED_RECORD_BYTES_MAX)),
        new TopicSpec(RELEASES, false, appendTime("compact", FOREVER, EVENT_RECORD_BYTES_MAX)),
        new TopicSpec(SCORES, false, appendTime("compact", FOREVER, EVENT_RECORD_BYTES_MAX)),
        new TopicSpec(
            REFRESH_REQUESTS, false, appendTime("delete", THIRTY_DAYS, EVENT_RECORD_BYTES_MAX)));
  }

  /** The log's time is the broker's: it never runs backwards within a partition. */
  private static Map<String, String> appendTime(String cleanup, String retention, int bytesMax) {
    return Map.of(
        "message.timestamp.type",
        "LogAppendTime",
        "cleanup.policy",
        cleanup,
        "retention.ms",
        retention,
        "max.message.bytes",
        Integer.toString(bytesMax));
  }
}
