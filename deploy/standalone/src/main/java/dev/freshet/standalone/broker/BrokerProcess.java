package dev.freshet.standalone.broker;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The embedded broker in a JVM of its own, which ends when this one does, however it ends. */
public final class BrokerProcess implements AutoCloseable {
  private static final int HEAP_MIB = 320;
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
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
    Process process = launch(command(directory, port, logFile), errors);
    try {
      @Nullable String answer = firstLine(process);
      if (answer != null && answer.startsWith(BrokerHost.READY)) {
        return new BrokerProcess(process, answer.substring(BrokerHost.READY.length()));
      }
      throw failure(answer, port, logFile, errors, ended(process));
    } catch (IOException e) {
      process.destroy();
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

  private static Process launch(List<String> command, ChildErrors errors) {
    try {
      return new ProcessBuilder(command).redirectError(errors.redirect()).start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the broker process", e);
    }
  }

  private static @Nullable String firstLine(Process process) throws IOException {
    // Not closed: that would close the child's standard output.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return lines.readLine();
  }

  /** How the child ended, which it is about to do. */
  private static String ended(Process process) {
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return "it ended with status " + process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return "it had to be killed";
  }

  private static CommandFailure failure(
      @Nullable String answer, int port, Path logFile, ChildErrors errors, String end) {
    if (answer != null && answer.startsWith(BrokerHost.TAKEN)) {
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
            answer == null ? end + " before it said anything" : answer, errors.quoted(), logFile));
  }
}
