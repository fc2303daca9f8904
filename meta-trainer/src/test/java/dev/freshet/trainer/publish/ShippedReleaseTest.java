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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShippedReleaseTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void everyBuildHasTheSameBytes(ShippedRelease shipped) throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    assertThat(shipped.write(first).digest())
        .isEqualTo(shipped.write(second).digest())
        .isEqualTo(shipped.assemble().digest());
    for (Path file : filesOf(first)) {
      assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void itReadsBackAsAReleaseOfItsLineage() throws Exception {
    Release written = ShippedRelease.CATEGORIES.write(directory.resolve("release"));
    Release read = new ReleaseReader().read(directory.resolve("release"), written.digest());
    assertThat(read.manifest().lineage()).isEqualTo("categories");
    assertThat(read.manifest().release()).isEqualTo(ShippedRelease.CATEGORIES.id());
    assertThat(read.manifest().features()).isEqualTo(384);
    assertThat(read.manifest().encoder()).isEqualTo("all-minilm-l6-v2-q");
    assertThat(read.manifest().defaultHeads()).containsExactly("label");
    assertThat(read.modelCard()).contains("How good it is", "What it is not for");
  }

  @Test
  void theReadersHaveItemsAndAHeadForNumbersAndOneForOrders() {
    Release readers = ShippedRelease.READERS.assemble();

    assertThat(readers.manifest().lineage()).isEqualTo("readers");
    assertThat(readers.manifest().release()).isEqualTo(ShippedRelease.READERS.id());
    assertThat(readers.manifest().defaultHeads()).containsExactly("rating", "rank");
    assertThat(readers.items().orElseThrow().ids()).hasSize(1_115);
    assertThat(readers.manifest().trainingData()).startsWith("simulation 1:");
    assertThat(readers.modelCard()).contains("Nobody in it ever lived", "How good it is");
  }

  /** They lie in the repository, so they must stay small. */
  @ParameterizedTest
  @EnumSource
  void noneIsLargerThanTwoMegabytes(ShippedRelease shipped) throws IOException {
    Path release = directory.resolve("release");
    shipped.write(release);
    long bytes = 0;
    for (Path file : filesOf(release)) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(2_000_000);
  }

  @Test
  void aLineageHasOneOrNone() {
    assertThat(ShippedRelease.ofLineage("readers")).contains(ShippedRelease.READERS);
    assertThat(ShippedRelease.ofLineage("categories")).contains(ShippedRelease.CATEGORIES);
    assertThat(ShippedRelease.ofLineage("sines")).isEmpty();
  }

  @Test
  void writingItAgainChangesNothing() throws IOException {
    Path release = directory.resolve("release");
    ShippedRelease.CATEGORIES.write(release);
    List<Object> before = modificationTimes(release);
    ShippedRelease.CATEGORIES.write(release);
    assertThat(modificationTimes(release)).isEqualTo(before);
  }

  @Test
  void aDirectoryThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("taken"));
    Files.writeString(taken.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> ShippedRelease.CATEGORIES.write(taken)).hasMessageContaining("taken");
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
