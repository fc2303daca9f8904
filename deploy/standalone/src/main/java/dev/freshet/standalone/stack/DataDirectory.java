package dev.freshet.standalone.stack;

import dev.freshet.job.StateBackend;
import dev.freshet.standalone.console.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a stack keeps what survives it. Locked while in use; the operating system releases the lock
 * however the process ends.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final DirectoryLock lock;

  private DataDirectory(Path root, DirectoryLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes the directory, making it where it is missing.
   *
   * @throws CommandFailure if another process has it
   */
  public static DataDirectory take(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    DirectoryLock lock =
        DirectoryLock.take(
            root,
            "up.lock",
            process ->
                String.format(
                    "Data directory %s is in use by process %s. Stop that `freshet up` first, or choose"
                        + " another directory with --data-dir.",
                    root, process));
    return new DataDirectory(root, lock);
  }

  /** Takes a new directory among the system's temporary ones. */
  public static DataDirectory temporary(String prefix) {
    try {
      return take(Files.createTempDirectory(prefix));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary directory", e);
    }
  }

  public Path root() {
    return root;
  }

  public Path broker() {
    return root.resolve("broker");
  }

  public Path releases() {
    return root.resolve("releases");
  }

  /** Of one state backend: none can read what another wrote. */
  public Path checkpoints(StateBackend backend) {
    return root.resolve("checkpoints").resolve(backend.id());
  }

  public Path scoreboard() {
    return root.resolve("scoreboard");
  }

  /** Flink's working files; worthless after a stop. */
  public Path scratch() {
    return root.resolve("scratch");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  @Override
  public void close() {
    lock.close();
  }
}
