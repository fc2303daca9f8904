package dev.freshet.standalone.stack;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this JVM, with its web UI on loopback. Jobs are submitted as to any other
 * cluster, over its REST address.
 */
public final class LocalFlink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalFlink.class);
  private static final int STATE_MEMORY_MIB = 128;
  private static final String LOOPBACK = "127.0.0.1";
  private static final Patience START_PATIENCE = Patience.ofSeconds(120);
  private static final Duration STATUS_PATIENCE = Duration.ofSeconds(60);
  private static final Duration CHECKPOINT_PATIENCE = Duration.ofSeconds(20);
  private static final Patience CANCEL_PATIENCE = Patience.ofSeconds(60);

  private final MiniCluster cluster;
  private final URI address;
  private final Path checkpoints;

  private LocalFlink(MiniCluster cluster, URI address, Path checkpoints) {
    this.cluster = cluster;
    this.address = address;
    this.checkpoints = checkpoints;
  }

  /** Builds a job in an environment and submits it without waiting for its end. */
  @FunctionalInterface
  public interface Submission {
    JobClient submit(StreamExecutionEnvironment environment) throws Exception;
  }

  /**
   * Starts a cluster.
   *
   * @param webPort of the web UI; 0 for any free one
   * @param checkpoints directory of the checkpoints, which outlive this cluster
   * @param scratch directory of working files
   */
  public static LocalFlink start(int webPort, int slots, Path checkpoints, Path scratch) {
    return start(webPort, slots, checkpoints, scratch, STATE_MEMORY_MIB);
  }

  /**
   * The same with more memory for RocksDB than a demo needs.
   *
   * @param stateMemoryMib that all slots share in equal parts
   */
  public static LocalFlink start(
      int webPort, int slots, Path checkpoints, Path scratch, int stateMemoryMib) {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(clusterSettings(webPort, scratch, stateMemoryMib))
                .setCommonBindAddress(LOOPBACK)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new LocalFlink(cluster, cluster.getRestAddress().get(), checkpoints);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(cluster);
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    } catch (Exception e) {
      close(cluster);
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "Flink did not start: %s. Is port %d of the web UI taken? Choose another with"
                  + " --web-port, 0 for any.",
              rootCause(e), webPort),
          e);
    }
  }

  public URI address() {
    return address;
  }

  /**
   * Submits a job, from the newest checkpoint that it accepts, or from the start of the log where
   * there is none. Returns when all its tasks run.
   */
  public RunningJob run(Submission submission) {
    CheckpointShelf shelf = new CheckpointShelf(checkpoints);
    shelf.tidy();
    List<Optional<Path>> starts = shelf.starts();
    for (Optional<Path> start : starts.subList(0, starts.size() - 1)) {
      try {
        return run(submission, start);
      } catch (CommandFailure | UncheckedIOException e) {
        log.warn("The job did not start from checkpoint {}: {}", start, e.getMessage(), e);
      }
    }
    return runFromTheStart(submission);
  }

  /** Submits a job that reads the log from its beginning, whatever checkpoints there are. */
  public RunningJob runFromTheStart(Submission submission) {
    return run(submission, Optional.empty());
  }

  private RunningJob run(Submission submission, Optional<Path> start) {
    log.info("Starting the job from {}", start.map(Path::toString).orElse("the log's beginning"));
    JobClient client = submit(submission, start);
    try {
      RunningJob job = new RunningJob(client.getJobID(), new FlinkRest(address));
      awaitRunning(job);
      return job;
    } catch (RuntimeException e) {
      cancel(client.getJobID());
      throw e;
    }
  }

  private JobClient submit(Submission submission, Optional<Path> start) {
    Configuration settings = jobSettings();
    start.ifPresent(
        path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
    try {
      return submission.submit(
          StreamExecutionEnvironment.createRemoteEnvironment(
              address.getHost(), address.getPort(), settings));
    } catch (Exception e) {
      throw new CommandFailure(Exit.FAILED, "The job was not accepted: " + rootCause(e), e);
    }
  }

  private void awaitRunning(RunningJob job) {
    if (!START_PATIENCE.until(() -> runs(job))) {
      throw new CommandFailure(
          Exit.FAILED,
          "The job does not run after " + START_PATIENCE.seconds() + " s: " + job.failure());
    }
  }

  /** A machine that is busy starting the job may leave a look without an answer: not yet, then. */
  private boolean runs(RunningJob job) {
    try {
      if (job.allTasksRun()) {
        return true;
      }
      if (status(job.id()).isTerminalState()) {
        throw new CommandFailure(Exit.FAILED, "The job ended at its start: " + job.failure());
      }
    } catch (UncheckedIOException e) {
      log.info("Flink does not tell yet whether the job runs", e);
    }
    return false;
  }

  /** Whether the job still works; false when it has failed for good. */
  public boolean isAlive(RunningJob job) {
    try {
      return !status(job.id()).isTerminalState();
    } catch (UncheckedIOException e) {
      log.warn("Whether the job still works is not known now", e);
      return true;
    }
  }

  /** Takes a last checkpoint, which is retained, and ends the job. */
  public void stop(RunningJob job) {
    try {
      cluster
          .triggerCheckpoint(job.id(), CheckpointType.CONFIGURED)
          .get(CHECKPOINT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("No last checkpoint; the one before it will be used", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancel(job.id());
  }

  private void cancel(JobID job) {
    try {
      cluster.cancelJob(job).get(CANCEL_PATIENCE.seconds(), TimeUnit.SECONDS);
      if (!CANCEL_PATIENCE.until(() -> status(job).isTerminalState())) {
        log.warn("Job {} still works", job);
      }
    } catch (ExecutionException | TimeoutException | UncheckedIOException e) {
      log.warn("Job {} was not cancelled in order", job, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(cluster);
  }

  private static void close(MiniCluster cluster) {
    try {
      cluster.closeAsync().get(CANCEL_PATIENCE.seconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("Flink did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JobStatus status(JobID job) {
    try {
      return cluster.getJobStatus(job).get(STATUS_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new UncheckedIOException("Flink does not tell how the job is", new IOException(e));
    } catch (ExecutionException e) {
      throw new CommandFailure(Exit.FAILED, "Flink lost the job: " + rootCause(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  private static Configuration clusterSettings(int webPort, Path scratch, int stateMemoryMib) {
    Configuration settings = new Configuration();
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    settings.set(RestOptions.PORT, webPort);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(stateMemoryMib));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(48));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(48));
    settings.set(CoreOptions.TMP_DIRS, scratch.toString());
    settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    settings.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(500));
    return settings;
  }

  private Configuration jobSettings() {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return settings;
  }

  static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
