package dev.freshet.job;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.job.encode.EncoderFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What can be set of the job. None of it changes a prediction: whatever does is in the log or in
 * the release. {@link Key} holds names, defaults and meanings in one place.
 */
public record JobConfig(
    String bootstrapServers,
    String releasesDir,
    String groupId,
    Delivery delivery,
    Device device,
    String encoder,
    int parallelism,
    int parallelismMax,
    StateBackend stateBackend,
    String checkpointDir,
    Duration checkpointInterval,
    int batchEventsMax,
    Duration batchDelay,
    long encoderCacheBytesMax,
    long adaptedCacheBytesMax,
    Duration bufferTimeout,
    Duration itemsInterval) {

  /** A key with its default; an empty default means that a value must be given. */
  public enum Key {
    BOOTSTRAP_SERVERS("bootstrap.servers", "", "Kafka, as host:port,…"),
    RELEASES_DIR("releases.dir", "", "directory of releases, readable by every task manager"),
    GROUP_ID("group.id", "freshet-adaptation", "consumer group and prefix of transactions"),
    DELIVERY("delivery", "at-least-once", "at-least-once or exactly-once"),
    DEVICE("device", "auto", "cpu, cuda or auto"),
    ENCODER(
        "encoder",
        MiniLmEncoder.ID,
        "id of the text encoder: all-minilm-l6-v2-q, or all-minilm-l6-v2 on the device"),
    PARALLELISM("parallelism", "1", "subtasks of each step, 1 to 128"),
    PARALLELISM_MAX("parallelism.max", "128", "key groups; never change it for a live job"),
    STATE_BACKEND("state.backend", "rocksdb", "rocksdb or heap"),
    CHECKPOINT_DIR("checkpoint.dir", "", "URI where checkpoints go, e.g. file:///…"),
    CHECKPOINT_INTERVAL_MILLIS("checkpoint.interval-ms", "5000", "100 to 3600000"),
    BATCH_EVENTS_MAX("batch.events-max", "512", "events a micro-batch holds, 1 to 65536"),
    BATCH_DELAY_MILLIS("batch.delay-ms", "3", "how long its first event waits, 0 to 10000"),
    ENCODER_CACHE_BYTES_MAX("encoder.cache-bytes-max", "67108864", "a subtask, 0 to 2^40"),
    ADAPTED_CACHE_BYTES_MAX("adapted.cache-bytes-max", "134217728", "a subtask, 0 to 2^40"),
    BUFFER_TIMEOUT_MILLIS("buffer-timeout-ms", "1", "Flink's network buffers, 0 to 1000"),
    ITEMS_INTERVAL_MILLIS(
        "items.interval-ms",
        "250",
        "how often a version of the item table is written into the log, 10 to 60000; 0: never,"
            + " another job on the log does");

    private final String id;
    private final String byDefault;
    private final String meaning;

    Key(String id, String byDefault, String meaning) {
      this.id = id;
      this.byDefault = byDefault;
      this.meaning = meaning;
    }

    public String id() {
      return id;
    }

    public String byDefault() {
      return byDefault;
    }

    public String meaning() {
      return meaning;
    }
  }

  /**
   * Reads a configuration.
   *
   * @param settings by {@link Key#id}; what is not named takes its default
   * @throws IllegalArgumentException that lists every problem, unknown keys among them
   */
  public static JobConfig parse(Map<String, String> settings) {
    return new Parser(settings).parse();
  }

  /** The same configuration as {@link #parse} reads it. */
  public Map<String, String> toSettings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(Key.BOOTSTRAP_SERVERS.id, bootstrapServers);
    settings.put(Key.RELEASES_DIR.id, releasesDir);
    settings.put(Key.GROUP_ID.id, groupId);
    settings.put(Key.DELIVERY.id, delivery.id());
    settings.put(Key.DEVICE.id, device.name().toLowerCase(java.util.Locale.ROOT));
    settings.put(Key.ENCODER.id, encoder);
    settings.put(Key.PARALLELISM.id, Integer.toString(parallelism));
    settings.put(Key.PARALLELISM_MAX.id, Integer.toString(parallelismMax));
    settings.put(Key.STATE_BACKEND.id, stateBackend.id());
    settings.put(Key.CHECKPOINT_DIR.id, checkpointDir);
    settings.put(Key.CHECKPOINT_INTERVAL_MILLIS.id, Long.toString(checkpointInterval.toMillis()));
    settings.put(Key.BATCH_EVENTS_MAX.id, Integer.toString(batchEventsMax));
    settings.put(Key.BATCH_DELAY_MILLIS.id, Long.toString(batchDelay.toMillis()));
    settings.put(Key.ENCODER_CACHE_BYTES_MAX.id, Long.toString(encoderCacheBytesMax));
    settings.put(Key.ADAPTED_CACHE_BYTES_MAX.id, Long.toString(adaptedCacheBytesMax));
    settings.put(Key.BUFFER_TIMEOUT_MILLIS.id, Long.toString(bufferTimeout.toMillis()));
    settings.put(Key.ITEMS_INTERVAL_MILLIS.id, Long.toString(itemsInterval.toMillis()));
    return settings;
  }

  /** Reads all keys before it complains. */
  private static final class Parser {
    private static final long CACHE_BYTES_MAX = 1L << 40;
    private final Map<String, String> settings;
    private final List<String> problems = new ArrayList<>();

    Parser(Map<String, String> settings) {
      this.settings = settings;
    }

    JobConfig parse() {
      Set<String> unknown = new TreeSet<>(settings.keySet());
      for (Key key : Key.values()) {
        unknown.remove(key.id);
      }
      unknown.forEach(key -> problems.add(key + ": no such key"));
      JobConfig config =
          new JobConfig(
              text(Key.BOOTSTRAP_SERVERS),
              text(Key.RELEASES_DIR),
              text(Key.GROUP_ID),
              choice(Key.DELIVERY, Delivery.AT_LEAST_ONCE, Delivery::parse),
              choice(Key.DEVICE, Device.AUTO, Device::parse),
              choice(Key.ENCODER, MiniLmEncoder.ID, EncoderFactory::requireKnown),
              (int) number(Key.PARALLELISM, 1, 128),
              (int) number(Key.PARALLELISM_MAX, 1, 32_768),
              choice(Key.STATE_BACKEND, StateBackend.ROCKSDB, StateBackend::parse),
              text(Key.CHECKPOINT_DIR),
              Duration.ofMillis(number(Key.CHECKPOINT_INTERVAL_MILLIS, 100, 3_600_000)),
              (int) number(Key.BATCH_EVENTS_MAX, 1, 65_536),
              Duration.ofMillis(number(Key.BATCH_DELAY_MILLIS, 0, 10_000)),
              number(Key.ENCODER_CACHE_BYTES_MAX, 0, CACHE_BYTES_MAX),
              number(Key.ADAPTED_CACHE_BYTES_MAX, 0, CACHE_BYTES_MAX),
              Duration.ofMillis(number(Key.BUFFER_TIMEOUT_MILLIS, 0, 1_000)),
              Duration.ofMillis(number(Key.ITEMS_INTERVAL_MILLIS, 0, 60_000)));
      together(config);
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            "The job cannot be configured so:\n  " + String.join("\n  ", problems));
      }
      return config;
    }

    /** What is possible alone and not together. */
    private void together(JobConfig config) {
      if (config.parallelism > config.parallelismMax) {
        problems.add(
            Key.PARALLELISM.id
                + ": expected at most parallelism.max, which is "
                + config.parallelismMax
                + ", got "
                + config.parallelism);
      }
      Duration intervalMax = JobRuntime.TRANSACTION_TIMEOUT.dividedBy(2);
      if (config.delivery == Delivery.EXACTLY_ONCE
          && config.checkpointInterval.compareTo(intervalMax) > 0) {
        problems.add(
            Key.CHECKPOINT_INTERVAL_MILLIS.id
                + ": expected at most "
                + intervalMax.toMillis()
                + " with exactly-once delivery, because the broker drops a transaction that stays"
                + " open for "
                + JobRuntime.TRANSACTION_TIMEOUT.toMinutes()
                + " minutes, got "
                + config.checkpointInterval.toMillis());
      }
    }

    private String text(Key key) {
      String value = settings.getOrDefault(key.id, key.byDefault);
      if (value.isBlank()) {
        problems.add(key.id + ": missing; give " + key.meaning);
      }
      return value;
    }

    private long number(Key key, long min, long max) {
      String value = settings.getOrDefault(key.id, key.byDefault);
      try {
        long number = Long.parseLong(value);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, like a number out of range.
      }
      problems.add(
          key.id + ": expected a number from " + min + " to " + max + ", got '" + value + "'");
      return min;
    }

    private <T> T choice(Key key, T instead, Function<String, T> parse) {
      try {
        return parse.apply(settings.getOrDefault(key.id, key.byDefault));
      } catch (IllegalArgumentException e) {
        problems.add(key.id + ": " + e.getMessage());
        return instead;
      }
    }
  }
}
