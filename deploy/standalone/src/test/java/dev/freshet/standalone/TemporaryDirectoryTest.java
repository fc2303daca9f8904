package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.standalone.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {
  private static final int FILES_BEFORE = 2_000;
  private static final long WRITING_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What ends in the background, as Flink may, writes its last files while all is deleted. */
  @Test
  void whatIsStillWrittenToIsDeletedInTheEnd() throws Exception {
    TemporaryDirectory directory = TemporaryDirectory.make("test", Console.system());
    Path busy = Files.createDirectories(directory.data().root().resolve("busy"));
    CountDownLatch writing = new CountDownLatch(1);
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(busy, writing));
    boolean unused = writing.await(1, TimeUnit.SECONDS);
    directory.close();
    writer.join();
    assertThat(directory.data().root()).doesNotExist();
  }

  private static void write(Path busy, CountDownLatch writing) {
    long end = System.nanoTime() + WRITING_NANOS;
    for (int file = 0; System.nanoTime() < end; file++) {
      try {
        Files.writeString(busy.resolve("file-" + file), "");
      } catch (IOException e) {
        // Deleted meanwhile.
        return;
      }
      if (file == FILES_BEFORE) {
        writing.countDown();
      }
    }
  }
}
