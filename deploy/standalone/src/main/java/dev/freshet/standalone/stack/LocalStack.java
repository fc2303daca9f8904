package dev.freshet.standalone.stack;

import dev.freshet.job.AdaptationJob;
import dev.freshet.job.JobConfig;
import dev.freshet.schemas.ReleaseCatalogue.Entry;
import dev.freshet.scoreboard.Scoreboard;
import dev.freshet.scoreboard.ScoreboardConfig;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.trainer.publish.ShippedRelease;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker, job and scoreboard, running. Closing stops them in order and keeps what they know. */
public final class LocalStack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalStack.class);
  private static final Duration SCOREBOARD_PATIENCE = Duration.ofSeconds(60);
  private static final int SLOTS = 4;

  private final DataDirectory directory;
  private final Groundwork ground;
  private final LocalFlink flink;
  private final RunningJob job;
  private final Scoreboard scoreboard;
  private final Deque<AutoCloseable> started;

  private LocalStack(
      DataDirectory directory,
      Groundwork ground,
      LocalFlink flink,
      RunningJob job,
      Scoreboard scoreboard,
      Deque<AutoCloseable> started) {
    this.directory = directory;
    this.ground = ground;
    this.flink = flink;
    this.job = job;
    this.scoreboard = scoreboard;
    this.started = started;
  }

  /**
   * Starts everything and returns when it works.
   *
   * @param progress is told what happens, a line a step
   * @param closer is given, before anything starts, what closes all that has started by then
   */
  public static LocalStack start(
      StackSettings settings,
      DataDirectory directory,
      Consumer<String> progress,
      Consumer<Runnable> closer) {
    Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();
    closer.accept(() -> closeAll(started));
    try {
      return new Starting(settings, directory, progress, started).run();
    } catch (RuntimeException e) {
      closeAll(started);
      throw e;
    }
  }

  public BrokerLink broker() {
    return ground.link();
  }

  /** Flink's web UI. */
  public URI webUi() {
    return flink.address();
  }

  public Scoreboard scoreboard() {
    return scoreboard;
  }

  /** The releases that were in force when the stack started, by lineage. */
  public SortedMap<String, Entry> champions() {
    return ground.champions();
  }

  /** The id of the release that was in force then. */
  public String release(String lineage) {
    return Objects.requireNonNull(champions().get(lineage), lineage).release();
  }

  /** Where releases lie. */
  public ReleaseShelf shelf() {
    return new ReleaseShelf(directory.releases());
  }

  public RunningJob job() {
    return job;
  }

  /** Whether the job still works; false when it has failed for good. */
  public boolean isAlive() {
    return flink.isAlive(job);
  }

  /** The most memory that all processes together have held, in MiB, where the system tells. */
  public OptionalLong peakMemoryMib() {
    return ResidentMemory.peakMib(ProcessHandle.current().pid(), ground.brokerPid());
  }

  @Override
  public void close() {
    closeAll(started);
  }

  private static void closeAll(Deque<AutoCloseable> started) {
    for (AutoCloseable next = started.poll(); next != null; next = started.poll()) {
      try {
        next.close();
      } catch (Exception e) {
        log.warn("Something did not stop in order; what it knows is kept", e);
      }
    }
  }

  /** The steps of a start. What has no need of each other starts side by side. */
  private record Starting(
      StackSettings settings,
      DataDirectory directory,
      Consumer<String> progress,
      Deque<AutoCloseable> started) {

    LocalStack run() {
      CompletableFuture<LocalFlink> cluster = CompletableFuture.supplyAsync(this::cluster);
      progress.accept("starting the broker");
      Groundwork ground = Groundwork.lay(directory, settings.brokerPort());
      started.push(ground);
      BrokerLink link = ground.link();
      LocalFlink flink = await(cluster);
      progress.accept("starting the job and the scoreboard");
      CompletableFuture<Scoreboard> scores = CompletableFuture.supplyAsync(() -> scoreboard(link));
      RunningJob job = flink.run(env -> new AdaptationJob(jobConfig(link)).submit(env));
      started.push(() -> flink.stop(job));
      Scoreboard scoreboard = await(scores);
      settings.refreshEvery().ifPresent(every -> started.push(trainer(link, every)));
      return new LocalStack(directory, ground, flink, job, scoreboard, started);
    }

    private LocalFlink cluster() {
      LocalFlink flink =
          LocalFlink.start(settings.webPort(), SLOTS, checkpoints(), directory.scratch());
      started.push(flink);
      return flink;
    }

    private TrainerProcess trainer(BrokerLink link, Duration every) {
      return TrainerProcess.start(
          link.bootstrapServers(),
          ShippedRelease.CATEGORIES.lineage(),
          directory.root(),
          directory.logs().resolve("trainer.log"),
          every);
    }

    private Path checkpoints() {
      return directory.checkpoints(settings.stateBackend());
    }

    private JobConfig jobConfig(BrokerLink link) {
      Map<String, String> all = new LinkedHashMap<>(settings.job());
      all.put("bootstrap.servers", link.bootstrapServers());
      all.put("releases.dir", directory.releases().toString());
      all.put("checkpoint.dir", checkpoints().toUri().toString());
      return JobConfig.parse(all);
    }

    private Scoreboard scoreboard(BrokerLink link) {
      Scoreboard scoreboard =
          new Scoreboard(
              ScoreboardConfig.of(link.bootstrapServers(), directory.scoreboard())
                  .withHttpPort(settings.scoreboardPort()));
      started.push(scoreboard);
      try {
        scoreboard.start();
        scoreboard.awaitRunning(SCOREBOARD_PATIENCE);
        return scoreboard;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
      }
    }

    private static <T> T await(CompletableFuture<T> future) {
      try {
        return future.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
