package dev.freshet.standalone.stack;

import dev.freshet.job.StateBackend;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a stack keeps what survives it. Locked while in use; the operating system releases the lock
 * however the process ends.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private DataDirectory(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes the directory, making it where it is missing.
   *
   * @throws CommandFailure if another process has it
   */
  public static DataDirectory take(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      Path file = root.resolve("up.lock");
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new CommandFailure(
            Exit.FAILED,
            String.format(
                "Data directory %s is in use by process %s. Stop that `freshet up` first, or choose"
                    + " another directory with --data-dir.",
                root, Files.readString(file).strip()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new DataDirectory(root, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use data directory " + root, e);
    }
  }

  /** Takes a new directory among the system's temporary ones. */
  public static DataDirectory temporary(String prefix) {
    try {
      return take(Files.createTempDirectory(prefix));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary directory", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
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
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release data directory " + root, e);
    }
  }
}
