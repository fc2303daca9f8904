package dev.freshet.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checkpoints of past runs, each complete one in {@code <job>/chk-<n>} with a file {@code
 * _metadata}, which Flink writes last.
 */
final class CheckpointShelf {
  private static final int RUNS_KEPT = 2;
  private static final int CHECKPOINTS_TRIED = 2;

  private final Path root;

  CheckpointShelf(Path root) {
    this.root = root;
  }

  /**
   * Where a run may start, best first: the newest complete checkpoint, the one before it, and last
   * the beginning of the log, which is empty here.
   */
  List<Optional<Path>> starts() {
    return Stream.concat(
            newestFirst().stream().limit(CHECKPOINTS_TRIED).map(Optional::of),
            Stream.of(Optional.<Path>empty()))
        .toList();
  }

  /** Complete checkpoints, newest first. */
  List<Path> newestFirst() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .sorted(Comparator.comparing(CheckpointShelf::modified).reversed())
          .map(Path::getParent)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the checkpoints under " + root, e);
    }
  }

  /** Deletes the runs that are neither of the last two with a complete checkpoint. */
  void tidy() {
    Set<Path> kept = new LinkedHashSet<>();
    for (Path checkpoint : newestFirst()) {
      if (kept.size() < RUNS_KEPT) {
        kept.add(checkpoint.getParent());
      }
    }
    if (kept.isEmpty()) {
      return;
    }
    try (Stream<Path> runs = Files.list(root)) {
      runs.filter(run -> !kept.contains(run)).forEach(DirectoryTree::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the checkpoints under " + root, e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the time of " + file, e);
    }
  }
}
