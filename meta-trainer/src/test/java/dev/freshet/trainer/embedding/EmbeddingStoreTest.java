package dev.freshet.trainer.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.trainer.toy.ToyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingStoreTest {
  /** Digest, sixteen numbers and a check. */
  private static final int RECORD_BYTES = 16 + 4 * ToyEncoder.DIMENSION + 8;

  private static final List<String> TEXTS =
      IntStream.range(0, 600).mapToObj(i -> "text " + i).toList();

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void embedOnce() {
    file = directory.resolve("toy.embeddings");
    try (EmbeddingStore store = EmbeddingStore.open(directory, ToyEncoder.create())) {
      store.embed(TEXTS, Progress.SILENT);
    }
  }

  @Test
  void theNextRunComputesNothingAndHasTheSameVectors() {
    ToyEncoder encoder = ToyEncoder.create();
    try (EmbeddingStore store = EmbeddingStore.open(directory, encoder)) {
      store.embed(TEXTS, Progress.SILENT);
      assertThat(store.computed()).isZero();
      assertThat(encoder.calls()).isZero();
      assertThat(store.notices()).isEmpty();
      assertThat(store.vector("text 7").values()).isEqualTo(encoder.encode("text 7").vector());
    }
  }

  @Test
  void aTextGivenTwiceIsComputedOnce() {
    ToyEncoder encoder = ToyEncoder.create();
    try (EmbeddingStore store = EmbeddingStore.inMemory(encoder)) {
      store.embed(List.of("same", "same", "other"), Progress.SILENT);
      store.vector("same");
      assertThat(encoder.calls()).isEqualTo(2);
    }
  }

  @Test
  void progressEndsWithAllThatWasMissing() {
    List<Long> done = new ArrayList<>();
    try (EmbeddingStore store = EmbeddingStore.inMemory(ToyEncoder.create())) {
      store.embed(
          TEXTS,
          (what, soFar, of) -> {
            assertThat(what).isEqualTo("embedding");
            assertThat(of).isEqualTo(600);
            done.add(soFar);
          });
    }
    assertThat(done).containsExactly(256L, 512L, 600L);
  }

  @Test
  void aDamagedVectorIsComputedAgainAndSaid() throws IOException {
    flip(headerBytes() + 3 * RECORD_BYTES + 20);
    try (EmbeddingStore store = EmbeddingStore.open(directory, ToyEncoder.create())) {
      assertThat(store.notices()).singleElement().asString().startsWith("1 of the embeddings in");
      store.embed(TEXTS, Progress.SILENT);
      assertThat(store.computed()).isEqualTo(1);
      assertThat(store.vector("text 3").values())
          .isEqualTo(ToyEncoder.create().encode("text 3").vector());
    }
    try (EmbeddingStore store = EmbeddingStore.open(directory, ToyEncoder.create())) {
      store.embed(TEXTS, Progress.SILENT);
      assertThat(store.computed()).isZero();
    }
  }

  /** What a process that was killed while writing leaves behind. */
  @Test
  void aLastVectorCutShortIsDroppedAndSaid() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    try (EmbeddingStore store = EmbeddingStore.open(directory, ToyEncoder.create())) {
      assertThat(store.notices()).singleElement().asString().contains("cut short");
      store.embed(TEXTS, Progress.SILENT);
      assertThat(store.computed()).isEqualTo(1);
    }
    assertThat(Files.size(file)).isEqualTo(bytes.length);
  }

  @Test
  void aFileOfSomethingElseIsReplacedAndSaid() throws IOException {
    Files.writeString(file, "not what it should be");
    try (EmbeddingStore store = EmbeddingStore.open(directory, ToyEncoder.create())) {
      assertThat(store.notices()).singleElement().asString().contains("all are computed again");
      store.embed(TEXTS, Progress.SILENT);
      assertThat(store.computed()).isEqualTo(600);
    }
  }

  @Test
  void anotherEncoderHasAFileOfItsOwn() {
    try (EmbeddingStore store = EmbeddingStore.open(directory, new ToyEncoder("other/1", 0.5))) {
      assertThat(store.notices()).isEmpty();
      store.vector("text 1");
      assertThat(store.computed()).isEqualTo(1);
    }
    assertThat(directory.resolve("other_1.embeddings")).exists();
  }

  @Test
  void whileAnotherWritesTheFileItIsLeftAlone() throws IOException {
    long before = Files.size(file);
    try (EmbeddingStore writer = EmbeddingStore.open(directory, ToyEncoder.create());
        EmbeddingStore second = EmbeddingStore.open(directory, ToyEncoder.create())) {
      assertThat(writer.notices()).isEmpty();
      assertThat(second.notices()).singleElement().asString().contains("Another process");
      second.vector("new");
    }
    assertThat(Files.size(file)).isEqualTo(before);
  }

  private static int headerBytes() {
    return ("freshet-embeddings 1 toy " + ToyEncoder.DIMENSION + "\n").length();
  }

  private void flip(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
