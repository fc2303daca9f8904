package dev.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.encode.EncoderFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "bootstrap.servers", "127.0.0.1:9092",
          "releases.dir", "releases",
          "checkpoint.dir", "file:///tmp/checkpoints");

  @Test
  void needsOnlyWhatHasNoDefault() {
    JobConfig config = JobConfig.parse(REQUIRED);

    assertThat(config.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(config.device()).isEqualTo(Device.AUTO);
    assertThat(config.stateBackend()).isEqualTo(StateBackend.ROCKSDB);
    assertThat(config.checkpointInterval()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @EnumSource(JobConfig.Key.class)
  void readsBackEveryKey(JobConfig.Key key) {
    JobConfig config = JobConfig.parse(REQUIRED);

    assertThat(config.toSettings()).containsKey(key.id());
    assertThat(JobConfig.parse(config.toSettings())).isEqualTo(config);
  }

  @ParameterizedTest
  @EnumSource(JobConfig.Key.class)
  void refusesAnImpossibleValueOfEveryKey(JobConfig.Key key) {
    Map<String, String> settings = new TreeMap<>(REQUIRED);
    boolean freeText = key.byDefault().isEmpty() || key == JobConfig.Key.GROUP_ID;
    settings.put(key.id(), freeText ? " " : "-7");

    assertThatThrownBy(() -> JobConfig.parse(settings)).hasMessageContaining(key.id() + ":");
  }

  @Test
  void takesTheFloatEncoderByItsId() {
    Map<String, String> settings = new TreeMap<>(REQUIRED);
    settings.put("encoder", "all-minilm-l6-v2");

    JobConfig config = JobConfig.parse(settings);

    assertThat(EncoderFactory.named(config.encoder(), config.device()).id())
        .isEqualTo("all-minilm-l6-v2");
  }

  @Test
  void listsAllProblemsAtOnce() {
    Map<String, String> settings =
        Map.of("delivery", "sometimes", "parallelism", "0", "bootstrap.server", "x");

    assertThatThrownBy(() -> JobConfig.parse(settings))
        .hasMessageContaining("bootstrap.server: no such key")
        .hasMessageContaining("bootstrap.servers: missing")
        .hasMessageContaining("delivery: expected one of [at-least-once, exactly-once]")
        .hasMessageContaining("parallelism: expected a number from 1 to 128, got '0'")
        .hasMessageContaining("releases.dir: missing");
  }

  /** The broker would drop every transaction, and say so by a counter only. */
  @Test
  void refusesExactlyOnceWithCheckpointsThatOutlastATransaction() {
    Map<String, String> settings = new TreeMap<>(REQUIRED);
    settings.put("checkpoint.interval-ms", "300001");
    assertThat(JobConfig.parse(settings).delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);

    settings.put("delivery", "exactly-once");

    assertThatThrownBy(() -> JobConfig.parse(settings))
        .hasMessageContaining("checkpoint.interval-ms: expected at most 300000");
  }

  @Test
  void refusesMoreSubtasksThanKeyGroups() {
    Map<String, String> settings = new TreeMap<>(REQUIRED);
    settings.put("parallelism", "9");
    settings.put("parallelism.max", "8");

    assertThatThrownBy(() -> JobConfig.parse(settings))
        .hasMessageContaining("parallelism: expected at most parallelism.max, which is 8, got 9");
  }

  /** Duplicates are identical only if no task's state is ahead of the restored position. */
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void alignsBarriersWhateverTheDelivery(Delivery delivery) {
    Map<String, String> settings = new TreeMap<>(REQUIRED);
    settings.put("delivery", delivery.id());
    StreamExecutionEnvironment env = new StreamExecutionEnvironment();

    new JobRuntime(JobConfig.parse(settings)).configure(env);

    assertThat(env.getCheckpointConfig().getCheckpointingConsistencyMode())
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(env.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
  }

  @Test
  void argumentsArePairs() {
    assertThat(AdaptationJobMain.settings(new String[] {"--parallelism", "2"}))
        .containsEntry("parallelism", "2");
    assertThatThrownBy(() -> AdaptationJobMain.settings(new String[] {"parallelism=2"}))
        .hasMessageContaining("Expected --key value pairs, got 'parallelism=2'")
        .hasMessageContaining("--bootstrap.servers");
  }
}
