package dev.freshet.adaptation.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads a file of a release once, into memory; what is hashed is then what is used. Links are
 * refused: through them the file can be changed from outside of its directory.
 */
final class FileSnapshot {
  /** Far above any release; keeps a wrong directory from filling the memory. */
  private static final long BYTES_MAX = 1L << 30;

  private FileSnapshot() {}

  static byte[] read(Path directory, String name) {
    Path file = directory.resolve(name);
    try {
      checkKind(file);
      try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] bytes = stream.readNBytes((int) BYTES_MAX);
        if (stream.read() >= 0) {
          throw damaged(file, "is larger than " + BYTES_MAX + " bytes");
        }
        return bytes;
      }
    } catch (NoSuchFileException e) {
      throw new ReleaseDamagedException(
          file + " is missing, expected in every release. Fetch the release again.", e);
    } catch (IOException e) {
      throw new ReleaseDamagedException(file + " cannot be read: " + e + ".", e);
    }
  }

  private static void checkKind(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      throw damaged(file, "is a symbolic link");
    }
    if (!attributes.isRegularFile()) {
      throw damaged(file, "is not a regular file");
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Object links = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      if (((Number) links).longValue() > 1) {
        throw damaged(file, "is hard-linked (" + links + " names)");
      }
    }
  }

  private static ReleaseDamagedException damaged(Path file, String what) {
    return new ReleaseDamagedException(
        file + " " + what + ", expected a plain file of its own. Copy the release anew.");
  }
}
