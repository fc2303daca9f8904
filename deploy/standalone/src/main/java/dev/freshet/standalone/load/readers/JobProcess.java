package dev.freshet.standalone.load.readers;

import dev.freshet.standalone.child.ChildProcess;
import dev.freshet.standalone.child.ChildProcess.Said;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.stack.RunningJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The job in a JVM of its own, which ends when this one does, however it ends. */
final class JobProcess implements AutoCloseable {
  private static final int DIRECT_MIB = 512;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final ChildProcess process;
  private final RunningJob job;
  private final Path log;

  private JobProcess(ChildProcess process, RunningJob job, Path log) {
    this.process = process;
    this.job = job;
    this.log = log;
  }

  /**
   * Starts it and returns when all of the job's tasks run.
   *
   * @param config settings of the job
   * @param scratch where RocksDB works
   * @param log of the child
   */
  static JobProcess start(
      ReadersLoadSettings settings,
      Map<String, String> config,
      Path checkpoints,
      Path scratch,
      Path log) {
    List<String> command = command(settings, config, checkpoints, scratch, log);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(log.resolveSibling("job.err").toFile()));
    // glibc keeps an arena a thread otherwise, and what RocksDB frees stays in them.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    try {
      ChildProcess process = ChildProcess.start(builder, STOP_PATIENCE);
      Said said = process.answer(JobHost.READY);
      if (said.answer().isEmpty()) {
        throw new CommandFailure(
            Exit.FAILED,
            String.format(
                "The job's process did not start: %s and said %s. See %s and job.err beside it.",
                process.ended(), said.quoted(), log));
      }
      String[] words = said.answer().get().split(" ", -1);
      return new JobProcess(process, RunningJob.at(URI.create(words[1]), words[2]), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the job's process", e);
    }
  }

  private static List<String> command(
      ReadersLoadSettings settings,
      Map<String, String> config,
      Path checkpoints,
      Path scratch,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx" + settings.heapMib() + "m",
            "-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.freshet.schemas",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.freshet.standalone.Freshet",
            "load",
            "job"));
    command.addAll(List.of("--checkpoints", checkpoints.toString()));
    command.addAll(List.of("--scratch", scratch.toString(), "--log-file", log.toString()));
    command.addAll(List.of("--state-memory", Integer.toString(settings.stateMemoryMib())));
    config.forEach((key, value) -> command.add("--set=" + key + "=" + value));
    return command;
  }

  RunningJob job() {
    return job;
  }

  long pid() {
    return process.pid();
  }

  /** What went wrong, in a line. */
  String failure() {
    return process.isAlive()
        ? job.failure()
        : "the job's process ended with status " + process.exitValue() + "; see " + log;
  }

  @Override
  public void close() {
    process.close();
  }
}
