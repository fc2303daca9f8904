package dev.freshet.standalone.refresh;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.release.ReleaseShelf;
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
 * A data directory, as a refresh of one lineage uses it. Held while it is at work; the operating
 * system lets go however the process ends. A stack may run on the same directory.
 */
public final class RefreshPlace implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private RefreshPlace(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws CommandFailure if another refresh of the lineage is under way
   */
  public static RefreshPlace take(Path directory, String lineage) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      Path file = root.resolve("refresh-" + lineage + ".lock");
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new CommandFailure(
            Exit.FAILED,
            String.format(
                "A refresh of lineage '%s' is under way, by process %s. Wait for it, or stop it: it"
                    + " can be ended anywhere.",
                lineage, Files.readString(file).strip()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new RefreshPlace(root, channel);
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

  public ReleaseShelf shelf() {
    return new ReleaseShelf(root.resolve("releases"));
  }

  /** Where vectors of texts are kept for the next refresh. */
  Path embeddings() {
    return root.resolve("embeddings");
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
