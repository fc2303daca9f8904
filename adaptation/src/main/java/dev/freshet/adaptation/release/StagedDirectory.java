package dev.freshet.adaptation.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that appears whole or not at all, also when the power fails: written beside its
 * place, forced to disk, read back, then renamed.
 */
final class StagedDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StagedDirectory.class);

  private final Path target;
  private final Path parent;

  StagedDirectory(Path target) {
    this.target = target.toAbsolutePath().normalize();
    Path above = this.target.getParent();
    if (above == null) {
      throw new IllegalArgumentException(
          target + " has no parent, expected a directory below one.");
    }
    this.parent = above;
  }

  /**
   * Writes and publishes.
   *
   * @param check reads back what was written; what it throws calls everything off
   */
  void publish(Map<String, byte[]> files, Consumer<Path> check) throws IOException {
    Files.createDirectories(parent);
    Path staged = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    Files.createDirectory(staged);
    try {
      for (var file : files.entrySet()) {
        writeForced(staged.resolve(file.getKey()), file.getValue());
      }
      force(staged);
      check.accept(staged);
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      force(parent);
    } finally {
      deleteIfThere(staged);
    }
  }

  private static void writeForced(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Makes a directory's entries durable, on systems where a directory can be opened. */
  private static void force(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("{} cannot be forced to disk on this system", directory, e);
    }
  }

  private static void deleteIfThere(Path staged) throws IOException {
    if (!Files.isDirectory(staged)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(staged)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(staged);
  }
}
