package dev.freshet.standalone.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of a child's standard error: what a JVM says that cannot start, and errors of its log.
 */
record ChildErrors(Path file, long start) {
  private static final int LINES_QUOTED = 8;
  private static final int BYTES_READ_MAX = 16 * 1024;

  /** Beside the child's log; what an earlier child said there is kept, and not quoted. */
  static ChildErrors of(Path logFile) {
    Path file = logFile.resolveSibling(logFile.getFileName() + ".err");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new ChildErrors(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + file, e);
    }
  }

  ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  /** Its first lines without stack frames, in a sentence. */
  String quoted() {
    List<String> lines =
        text()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("..."))
            .limit(LINES_QUOTED)
            .toList();
    return lines.isEmpty()
        ? "Its standard error is empty"
        : "Its standard error says:\n  " + String.join("\n  ", lines) + "\n";
  }

  private String text() {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(start);
      return new String(in.readNBytes(BYTES_READ_MAX), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "cannot be read: " + e;
    }
  }
}
