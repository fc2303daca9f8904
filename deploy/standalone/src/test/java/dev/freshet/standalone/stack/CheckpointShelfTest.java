package dev.freshet.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointShelfTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path root;

  @Test
  void completeCheckpointsComeNewestFirstWhateverTheirNumbers() throws Exception {
    Path old = complete("job-a/chk-90", NOON);
    Path recent = complete("job-b/chk-2", NOON.plusSeconds(60));
    Files.createDirectories(root.resolve("job-b/chk-3"));
    assertThat(new CheckpointShelf(root).newestFirst()).containsExactly(recent, old);
  }

  @Test
  void aStartTriesTheNewestCompleteOneThenTheOneBeforeThenTheBeginning() throws Exception {
    complete("job-a/chk-7", NOON);
    Path before = complete("job-b/chk-1", NOON.plusSeconds(10));
    Path newest = complete("job-b/chk-2", NOON.plusSeconds(20));
    Files.createDirectories(root.resolve("job-b/chk-3"));
    assertThat(new CheckpointShelf(root).starts())
        .containsExactly(Optional.of(newest), Optional.of(before), Optional.empty());
  }

  @Test
  void aStartWithoutAnyCompleteCheckpointIsFromTheBeginning() throws Exception {
    assertThat(new CheckpointShelf(root.resolve("none")).starts())
        .containsExactly(Optional.empty());
    Files.createDirectories(root.resolve("job-a/chk-1"));
    assertThat(new CheckpointShelf(root).starts()).containsExactly(Optional.empty());
  }

  @Test
  void runsBeforeTheLastTwoAreTidiedAway() throws Exception {
    complete("job-a/chk-1", NOON);
    Path second = complete("job-b/chk-5", NOON.plusSeconds(60));
    Path third = complete("job-c/chk-1", NOON.plusSeconds(120));
    CheckpointShelf shelf = new CheckpointShelf(root);
    shelf.tidy();
    assertThat(shelf.newestFirst()).containsExactly(third, second);
    assertThat(root.resolve("job-a")).doesNotExist();
  }

  @Test
  void nothingIsTidiedWhereNoCheckpointIsComplete() throws Exception {
    Files.createDirectories(root.resolve("job-a/chk-1"));
    new CheckpointShelf(root).tidy();
    assertThat(root.resolve("job-a/chk-1")).exists();
    assertThat(new CheckpointShelf(root.resolve("none")).newestFirst()).isEmpty();
  }

  private Path complete(String name, Instant time) throws Exception {
    Path checkpoint = Files.createDirectories(root.resolve(name));
    Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "complete");
    Files.setLastModifiedTime(metadata, FileTime.from(time));
    return checkpoint;
  }
}
