package dev.freshet.standalone.stack;

import dev.freshet.standalone.child.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code freshet trainer} in a JVM of its own, of low priority and with one processor, so that the
 * job keeps what it needs. Its life hangs on its standard input, as the broker's does.
 */
final class TrainerProcess implements AutoCloseable {
  private static final int HEAP_MIB = 1_024;
  private static final int NICENESS = 15;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final ChildProcess process;

  private TrainerProcess(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts it, and does not wait for it.
   *
   * @param log of the trainer; what it prints stands in a file beside it, a document a line
   */
  static TrainerProcess start(
      String bootstrapServers, String lineage, Path dataDirectory, Path log, Duration every) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "sh",
            "-c",
            "trap '' INT HUP; renice -n " + NICENESS + " $$ >/dev/null 2>&1; exec \"$0\" \"$@\""));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ActiveProcessorCount=1",
            "-Xmx" + HEAP_MIB + "m",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.freshet.standalone.Freshet",
            "trainer",
            "--until-stdin-closes",
            "--json"));
    command.addAll(List.of("--bootstrap", bootstrapServers, "--lineage", lineage));
    command.addAll(List.of("--data-dir", dataDirectory.toString()));
    command.addAll(
        List.of(
            "--every",
            (every.toSeconds() > 0 ? every.toSeconds() + "s" : every.toMillis() + "ms"),
            "--log-file",
            log.toString()));
    try {
      return new TrainerProcess(
          ChildProcess.start(
              new ProcessBuilder(command)
                  .redirectOutput(
                      ProcessBuilder.Redirect.appendTo(
                          log.resolveSibling("refreshes.json").toFile()))
                  .redirectError(
                      ProcessBuilder.Redirect.appendTo(log.resolveSibling("trainer.err").toFile())),
              STOP_PATIENCE));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the trainer", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
