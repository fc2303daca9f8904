package dev.freshet.standalone.load;

import com.sun.management.OperatingSystemMXBean;
import dev.freshet.job.AdaptationJob;
import dev.freshet.job.JobConfig;
import dev.freshet.job.PassThroughJob;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.load.LoadDocument.JobFigures;
import dev.freshet.standalone.load.LoadDocument.Machine;
import dev.freshet.standalone.load.LoadDocument.SwapFigures;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.Groundwork;
import dev.freshet.standalone.stack.LocalFlink;
import dev.freshet.standalone.stack.ResidentMemory;
import dev.freshet.standalone.stack.RunningJob;
import dev.freshet.standalone.stack.StackSettings;
import dev.freshet.trainer.corpus.WordNetCorpus;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Fills the log, lets one job after the other empty it, and then feeds each at a steady rate.
 *
 * <p>The adapting job goes first once, unmeasured: it warms up what both share, and tells how many
 * bytes a prediction has, which the other then writes too.
 */
public final class LoadRun {
  private static final int SLOTS = 4;
  // One example to four queries.
  private static final double EVENTS_PER_QUERY = 1.25;
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  private final LoadSettings settings;
  private final DataDirectory directory;
  private final Consumer<String> progress;
  private final LoadEvents events;
  private long queriesInLog;

  public LoadRun(LoadSettings settings, DataDirectory directory, Consumer<String> progress) {
    this.settings = settings;
    this.directory = directory;
    this.progress = progress;
    this.events = new LoadEvents(settings);
  }

  /** Measures; takes a minute or more. */
  public LoadDocument run() {
    progress.accept("starting the broker and Flink");
    try (Groundwork ground = Groundwork.lay(directory, 0);
        LocalFlink flink = LocalFlink.start(0, SLOTS, checkpoints(), directory.scratch());
        EventWriter writer = new EventWriter(ground.link());
        Measurement measurement = new Measurement(ground.link())) {
      settings.release().putInForce(ground.link(), new ReleaseShelf(directory.releases()));
      fill(writer);
      JobConfig config = config(ground.link());
      progress.accept("warming up");
      LocalFlink.Submission adaptation = env -> new AdaptationJob(config).submit(env);
      RunningJob warmUp = flink.runFromTheStart(adaptation);
      int bytes = emptied(flink, warmUp, measurement).meanBytes();
      flink.stop(warmUp);
      LocalFlink.Submission passThrough = env -> new PassThroughJob(config, bytes).submit(env);
      JobFigures floor = figures("pass-through", flink, passThrough, writer, measurement);
      JobFigures job = figures("adaptation", flink, adaptation, writer, measurement);
      SwapFigures swap =
          settings.swap() ? swap(ground.link(), flink, adaptation, writer, measurement) : null;
      OptionalLong memory =
          ResidentMemory.peakMib(ProcessHandle.current().pid(), ground.brokerPid());
      return document(floor, job, swap, bytes, memory);
    }
  }

  private LoadDocument document(
      JobFigures floor,
      JobFigures job,
      @Nullable SwapFigures swap,
      int bytes,
      OptionalLong memory) {
    progress.accept("the encoder alone");
    return new LoadDocument(
        floor,
        job,
        rounded(job.eventsPerSecond() / floor.eventsPerSecond(), 1000),
        job.p99Millis() - floor.p99Millis(),
        rounded(EncoderRate.titlesPerSecond(WordNetCorpus.loadSplit().demo()), 10),
        memory.isPresent() ? memory.getAsLong() : null,
        bytes,
        swap,
        settings,
        Machine.here());
  }

  private Path checkpoints() {
    return directory.checkpoints(StackSettings.anywhere().withJob(settings.job()).stateBackend());
  }

  private void fill(EventWriter writer) {
    progress.accept("filling the log with " + settings.events() + " events");
    events.openings().forEach(event -> append(writer, event));
    for (int i = 0; i < settings.events(); i++) {
      append(writer, events.next());
    }
    writer.flush();
  }

  private void append(EventWriter writer, TaskEvent.OfTask event) {
    writer.appendOrFailLater(event);
    if (event instanceof QueryAsked) {
      queriesInLog++;
    }
  }

  private JobFigures figures(
      String name,
      LocalFlink flink,
      LocalFlink.Submission submission,
      EventWriter writer,
      Measurement measurement) {
    progress.accept(name + ": throughput");
    long cpuBefore = cpuNanos();
    RunningJob job = flink.runFromTheStart(submission);
    await(flink, job, measurement, queriesInLog);
    double cpuMicros = (cpuNanos() - cpuBefore) / 1e3 / (queriesInLog * EVENTS_PER_QUERY);
    double perSecond = measurement.look().perSecond() * EVENTS_PER_QUERY;
    progress.accept(name + ": latency at " + settings.eventsPerSecond() + " events a second");
    long asked = pace(writer, settings.seconds());
    await(flink, job, measurement, asked);
    Histogram latency = measurement.look().latencyMillis();
    flink.stop(job);
    return new JobFigures(
        rounded(perSecond, 1),
        rounded(cpuMicros, 10),
        latency.getValueAtPercentile(50),
        latency.getValueAtPercentile(99));
  }

  /** Another job from the beginning of the log; the fence falls in the middle of the paced part. */
  private SwapFigures swap(
      BrokerLink link,
      LocalFlink flink,
      LocalFlink.Submission submission,
      EventWriter writer,
      Measurement measurement) {
    progress.accept("swap: catching up");
    SwapUnderLoad swap = new SwapUnderLoad(link, new ReleaseShelf(directory.releases()));
    String release = swap.prepare(settings.swapTo());
    RunningJob job = flink.runFromTheStart(submission);
    await(flink, job, measurement, queriesInLog);
    measurement.look();
    progress.accept("swap: to release " + release + " in the middle of " + swapSeconds() + " s");
    swap.begin();
    CompletableFuture<Void> fence =
        CompletableFuture.runAsync(
            () -> swap.activate(release),
            CompletableFuture.delayedExecutor(swapSeconds() / 2, TimeUnit.SECONDS));
    long asked = pace(writer, swapSeconds());
    fence.join();
    await(flink, job, measurement, asked);
    flink.stop(job);
    return swap.figures(release, asked);
  }

  /** Long enough for a steady state on both sides of the ten seconds. */
  private int swapSeconds() {
    return Math.max(30, settings.seconds());
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private Measurement.Findings emptied(LocalFlink flink, RunningJob job, Measurement measurement) {
    await(flink, job, measurement, queriesInLog);
    return measurement.look();
  }

  private static void await(
      LocalFlink flink, RunningJob job, Measurement measurement, long answers) {
    long lastProgress = System.nanoTime();
    long before = 0;
    long arrived = measurement.arrived();
    while (arrived < answers) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      if (arrived > before) {
        before = arrived;
        lastProgress = System.nanoTime();
      } else if (!flink.isAlive(job) || System.nanoTime() - lastProgress > SILENCE_MAX.toNanos()) {
        throw new CommandFailure(
            Exit.FAILED,
            "Only " + arrived + " of " + answers + " queries were answered: " + job.failure());
      }
      arrived = measurement.arrived();
    }
  }

  /** Appends at the settled rate; returns how many queries that were. */
  private long pace(EventWriter writer, int seconds) {
    long before = queriesInLog;
    long start = System.nanoTime();
    long count = (long) seconds * settings.eventsPerSecond();
    for (long i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / settings.eventsPerSecond();
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      append(writer, events.next());
    }
    writer.flush();
    return queriesInLog - before;
  }

  private JobConfig config(BrokerLink link) {
    Map<String, String> all = new LinkedHashMap<>(settings.job());
    all.put("bootstrap.servers", link.bootstrapServers());
    all.put("releases.dir", directory.releases().toString());
    all.put("checkpoint.dir", checkpoints().toUri().toString());
    return JobConfig.parse(all);
  }

  private static double rounded(double value, int perUnit) {
    return Math.round(value * perUnit) / (double) perUnit;
  }
}
