package dev.freshet.standalone.stack;

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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A data directory held for one use of it, by a file that names the process; the operating system
 * lets go however the process ends.
 */
public final class DirectoryLock implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private DirectoryLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes it, making the directory where it is missing.
   *
   * @param name of the file; uses with different ones go side by side
   * @param refusal what is said, given the process that has it
   * @throws CommandFailure if another process has it, or this one already
   */
  public static DirectoryLock take(Path root, String name, UnaryOperator<String> refusal) {
    try {
      Files.createDirectories(root);
      Path file = root.resolve(name);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new CommandFailure(Exit.FAILED, refusal.apply(Files.readString(file).strip()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new DirectoryLock(root, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use data directory " + root, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
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
