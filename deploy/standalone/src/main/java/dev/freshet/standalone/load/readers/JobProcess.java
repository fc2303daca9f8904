package dev.freshet.standalone.load.readers;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.stack.RunningJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The job in a JVM of its own, which ends when this one does, however it ends. */
final class JobProcess implements AutoCloseable {
  private static final int DIRECT_MIB = 512;
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final RunningJob job;
  private final Path log;

  private JobProcess(Process process, RunningJob job, Path log) {
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
      Process process = builder.start();
      @Nullable String answer = firstLine(process);
      if (answer == null || !answer.startsWith(JobHost.READY)) {
        process.destroy();
        throw new CommandFailure(
            Exit.FAILED, "The job's process did not start; see " + log + " and job.err beside it.");
      }
      String[] words = answer.split(" ", -1);
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

  private static @Nullable String firstLine(Process process) throws IOException {
    // Not closed: that would close the child's standard output.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return lines.readLine();
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
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
