package dev.freshet.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedReleaseTest {
  @TempDir private Path directory;

  @Test
  void everyBuildHasTheSameBytes() throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    assertThat(ShippedRelease.write(first).digest())
        .isEqualTo(ShippedRelease.write(second).digest())
        .isEqualTo(ShippedRelease.assemble().digest());
    for (Path file : filesOf(first)) {
      assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void itReadsBackAsAReleaseOfItsLineage() throws Exception {
    Release written = ShippedRelease.write(directory.resolve("release"));
    Release read = new ReleaseReader().read(directory.resolve("release"), written.digest());
    assertThat(read.manifest().lineage()).isEqualTo("categories");
    assertThat(read.manifest().release()).isEqualTo(ShippedRelease.ID);
    assertThat(read.manifest().features()).isEqualTo(384);
    assertThat(read.manifest().encoder()).isEqualTo("all-minilm-l6-v2-q");
    assertThat(read.manifest().defaultHeads()).containsExactly("label");
    assertThat(read.modelCard()).contains("How good it is", "What it is not for");
  }

  @Test
  void writingItAgainChangesNothing() throws IOException {
    Path release = directory.resolve("release");
    ShippedRelease.write(release);
    List<Object> before = modificationTimes(release);
    ShippedRelease.write(release);
    assertThat(modificationTimes(release)).isEqualTo(before);
  }

  @Test
  void aDirectoryThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("taken"));
    Files.writeString(taken.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> ShippedRelease.write(taken)).hasMessageContaining("taken");
    assertThat(filesOf(taken)).hasSize(1);
  }

  private static List<Object> modificationTimes(Path release) throws IOException {
    List<Object> times = new ArrayList<>();
    for (Path file : filesOf(release)) {
      times.add(Files.getLastModifiedTime(file));
    }
    return times;
  }

  private static List<Path> filesOf(Path release) throws IOException {
    try (Stream<Path> files = Files.list(release)) {
      return files.sorted().toList();
    }
  }
}
