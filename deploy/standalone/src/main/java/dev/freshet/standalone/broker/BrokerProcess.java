package dev.freshet.standalone.broker;

import dev.freshet.standalone.child.ChildProcess;
import dev.freshet.standalone.child.ChildProcess.Said;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The embedded broker in a JVM of its own, which ends when this one does, however it ends. */
public final class BrokerProcess implements AutoCloseable {
  private static final int HEAP_MIB = 320;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final ChildProcess process;
  private final String bootstrapServers;

  private BrokerProcess(ChildProcess process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the child and returns when clients can connect.
   *
   * @param directory of its data
   * @param port to listen on; 0 for any free one
   * @param logFile of the child
   */
  public static BrokerProcess start(Path directory, int port, Path logFile) {
    ChildErrors errors = ChildErrors.of(logFile);
    ChildProcess process = launch(command(directory, port, logFile), errors);
    try {
      Said said = process.answer(BrokerHost.READY, BrokerHost.TAKEN, BrokerHost.FAILED);
      Optional<String> ready = said.answer().filter(line -> line.startsWith(BrokerHost.READY));
      if (ready.isPresent()) {
        return new BrokerProcess(process, ready.get().substring(BrokerHost.READY.length()));
      }
      throw failure(said, port, logFile, errors, process.ended());
    } catch (IOException e) {
      process.close();
      throw new UncheckedIOException("The broker process does not answer; see " + logFile, e);
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public long pid() {
    return process.pid();
  }

  /** Closes the child's standard input, by which it ends in order, and waits. */
  @Override
  public void close() {
    process.close();
  }

  /**
   * Ctrl-C goes to every process of the terminal's group; the broker must outlive the job that is
   * stopping, so the shell makes it deaf to that before it becomes Java.
   */
  private static List<String> command(Path directory, int port, Path logFile) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + HEAP_MIB + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.freshet.standalone.Freshet",
            "broker"));
    command.addAll(List.of("--directory", directory.toString(), "--port", "" + port));
    command.addAll(List.of("--log-file", logFile.toString()));
    return command;
  }

  private static ChildProcess launch(List<String> command, ChildErrors errors) {
    try {
      return ChildProcess.start(
          new ProcessBuilder(command).redirectError(errors.redirect()), STOP_PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the broker process", e);
    }
  }

  private static CommandFailure failure(
      Said said, int port, Path logFile, ChildErrors errors, String end) {
    if (said.answer().stream().anyMatch(line -> line.startsWith(BrokerHost.TAKEN))) {
      return new CommandFailure(
          Exit.FAILED,
          String.format(
              "Port %d on 127.0.0.1 is taken by another program. Stop that one, or choose another"
                  + " port, e.g. --port %d.",
              port, port + 100));
    }
    return new CommandFailure(
        Exit.FAILED,
        String.format(
            "The broker process did not start: %s. %s. See %s.",
            said.answer().orElseGet(() -> end + " and said " + said.quoted()),
            errors.quoted(),
            logFile));
  }
}
