package dev.freshet.standalone.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process whose life hangs on its standard input. */
public final class ChildProcess implements AutoCloseable {
  private static final int OTHER_LINES_MAX = 20;

  private final Process process;
  private final Duration stopPatience;

  private ChildProcess(Process process, Duration stopPatience) {
    this.process = process;
    this.stopPatience = stopPatience;
  }

  /**
   * What a child said on its standard output.
   *
   * @param answer the first line that is one, if there was any before the output's end
   * @param others the last of the lines before it
   */
  public record Said(Optional<String> answer, List<String> others) {
    public Said {
      others = List.copyOf(others);
    }

    /** The other lines, as the end of a sentence. */
    public String quoted() {
      return others.isEmpty() ? "nothing" : "only:\n  " + String.join("\n  ", others) + "\n";
    }
  }

  /**
   * Starts it.
   *
   * @param stopPatience how long it may take to end by itself when this is closed
   */
  public static ChildProcess start(ProcessBuilder builder, Duration stopPatience)
      throws IOException {
    return new ChildProcess(builder.start(), stopPatience);
  }

  /**
   * Waits for its answer. Lines that are none are passed over: a JVM prints warnings of its own on
   * standard output, before the program's first word.
   *
   * @param beginnings of lines that are answers
   */
  public Said answer(String... beginnings) throws IOException {
    // Not closed: that would close the child's standard output.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Deque<String> others = new ArrayDeque<>();
    for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (Stream.of(beginnings).anyMatch(line::startsWith)) {
        return new Said(Optional.of(line), List.copyOf(others));
      }
      others.add(line);
      if (others.size() > OTHER_LINES_MAX) {
        others.remove();
      }
    }
    return new Said(Optional.empty(), List.copyOf(others));
  }

  /** How it ended, which it is about to do; a child that does not is killed. */
  public String ended() {
    return endsByItself() ? "it ended with status " + process.exitValue() : "it had to be killed";
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Of one that has ended. */
  public int exitValue() {
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  /** Closes its standard input, by which it ends in order, and returns when it has ended. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    boolean unused = endsByItself();
  }

  /** Waits for that; one that does not is killed, and gone when this returns. */
  private boolean endsByItself() {
    try {
      if (process.waitFor(stopPatience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      int unused = process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
    return false;
  }
}
