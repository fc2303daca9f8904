package dev.freshet.standalone.stack;

import dev.freshet.job.JobConfig;
import dev.freshet.job.StateBackend;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a stack runs.
 *
 * @param brokerPort 0 for any free one
 * @param webPort of Flink's web UI; 0 for any free one
 * @param scoreboardPort 0 for any free one
 * @param job the job's own settings by key, beyond those that the stack decides
 * @param refreshEvery how often a trainer beside the job learns from the log; empty for never
 */
public record StackSettings(
    int brokerPort,
    int webPort,
    int scoreboardPort,
    Map<String, String> job,
    Optional<Duration> refreshEvery) {

  public StackSettings {
    job = Map.copyOf(job);
  }

  /** The one that the job is told, or its default. */
  public StateBackend stateBackend() {
    return StateBackend.parse(
        job.getOrDefault(
            JobConfig.Key.STATE_BACKEND.id(), JobConfig.Key.STATE_BACKEND.byDefault()));
  }

  /** Free ports everywhere. */
  public static StackSettings anywhere() {
    return new StackSettings(0, 0, 0, Map.of(), Optional.empty());
  }

  public StackSettings withJob(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(job);
    all.putAll(more);
    return new StackSettings(brokerPort, webPort, scoreboardPort, all, refreshEvery);
  }

  public StackSettings withRefreshEvery(Optional<Duration> duration) {
    return new StackSettings(brokerPort, webPort, scoreboardPort, job, duration);
  }
}
