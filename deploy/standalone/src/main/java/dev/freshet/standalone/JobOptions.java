package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.Delivery;
import dev.freshet.job.StateBackend;
import dev.freshet.schemas.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be said about the job from the command line. */
final class JobOptions {
  /** More than partitions of the log would idle. */
  private static final int PARALLELISM_MAX = Topics.PARTITIONS_DEFAULT;

  @Option(
      names = "--delivery",
      converter = DeliveryText.class,
      paramLabel = "MODE",
      defaultValue = "at-least-once",
      description = {
        "at-least-once or exactly-once. At least once: milliseconds, nothing lost, a retry writes"
            + " the same bytes again. Exactly once: Kafka transactions, a checkpoint's time."
            + " Default: ${DEFAULT-VALUE}."
      })
  private Delivery delivery = Delivery.AT_LEAST_ONCE;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, cuda or auto (cuda where it loads, else cpu). Default: auto.",
      converter = DeviceText.class)
  private Device device;

  @Option(
      names = "--state",
      converter = StateText.class,
      paramLabel = "BACKEND",
      defaultValue = "heap",
      description =
          "heap or rocksdb; rocksdb for more tasks than memory holds."
              + " Default: ${DEFAULT-VALUE}.")
  private StateBackend state = StateBackend.HEAP;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How often state is saved. Default: 10s, with exactly-once 1s.")
  private Optional<Duration> checkpointInterval = Optional.empty();

  JobOptions(Device device) {
    this.device = device;
  }

  /** A delivery as people type it. */
  static final class DeliveryText implements ITypeConverter<Delivery> {
    @Override
    public Delivery convert(String text) {
      return typed(() -> Delivery.parse(text));
    }
  }

  /** A state backend as people type it. */
  static final class StateText implements ITypeConverter<StateBackend> {
    @Override
    public StateBackend convert(String text) {
      return typed(() -> StateBackend.parse(text));
    }
  }

  /** A device as people type it. */
  static final class DeviceText implements ITypeConverter<Device> {
    @Override
    public Device convert(String text) {
      return typed(() -> Device.parse(text));
    }
  }

  private static <T> T typed(Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  static int parallelism() {
    return Math.min(PARALLELISM_MAX, Runtime.getRuntime().availableProcessors());
  }

  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("delivery", delivery.id());
    settings.put("device", Input.usable(device).toString());
    settings.put("state.backend", state.id());
    Duration interval =
        checkpointInterval.orElse(Duration.ofSeconds(delivery == Delivery.EXACTLY_ONCE ? 1 : 10));
    settings.put("checkpoint.interval-ms", Long.toString(interval.toMillis()));
    settings.put("parallelism", Integer.toString(parallelism()));
    return settings;
  }
}
