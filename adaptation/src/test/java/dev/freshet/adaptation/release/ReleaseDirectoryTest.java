package dev.freshet.adaptation.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseDirectoryTest {
  private static final ReleaseDraft DRAFT =
      new ReleaseDraft(
          "categories",
          "2026-11-a",
          "all-minilm-l6-v2-q",
          "set by hand – nothing learned",
          Map.of("accuracy5shot", 0.83),
          Optional.of("2026-10-c"),
          "# Prototypes\n\nNot for medical use.\n");

  @TempDir Path root = Path.of("");
  private final ReleaseWriter writer = new ReleaseWriter();
  private final ReleaseReader reader = new ReleaseReader();
  private Path directory = root;
  private Release written = writer.assemble(DRAFT, new PrototypeLearner(6));

  @BeforeEach
  void write() {
    directory = root.resolve("release-1");
    written = writer.write(directory, DRAFT, new PrototypeLearner(6));
  }

  @Test
  void comesBackAsItWasWritten() {
    Release read = reader.read(directory, written.digest());
    assertThat(read.digest()).isEqualTo(written.digest()).matches("[0-9a-f]{64}");
    assertThat(read.manifest()).isEqualTo(written.manifest());
    assertThat(read.initialization()).isEqualTo(new PrototypeLearner(6).initialization());
    assertThat(read.modelCard()).isEqualTo(DRAFT.modelCard());
    assertThat(read.manifest().heads()).containsExactly(Head.classification("label"));
    assertThat(read.manifest().parent()).contains("2026-10-c");
    assertThat(read.manifest().settings()).containsEntry("nameWeight", 1.5);
    assertThat(read.manifest().scores()).containsEntry("accuracy5shot", 0.83);
  }

  @Test
  void theSameReleaseHasTheSameBytes() throws IOException {
    Path again = root.resolve("again");
    Release twin = writer.write(again, DRAFT, new PrototypeLearner(6));
    assertThat(twin.digest()).isEqualTo(written.digest());
    for (String name : List.of("release.json", "adapt.onnx", "initialization.onnx")) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(directory.resolve(name));
    }
    String json = Files.readString(directory.resolve("release.json"));
    assertThat(json).doesNotContain("\r").endsWith("}\n").contains("\"formatVersion\" : 1");
  }

  @Test
  void leavesNothingButTheReleaseBehind() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries).containsExactly(directory);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "release.json", "initialization.onnx", "adapt.onnx", "predict.onnx", "MODEL_CARD.md");
    }
  }

  @Test
  void isImmutable() {
    assertThat(writer.write(directory, DRAFT, new PrototypeLearner(6)).digest())
        .isEqualTo(written.digest());
    assertThatThrownBy(() -> writer.write(directory, DRAFT, new PrototypeLearner(7)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Releases are immutable");
    assertThat(reader.read(directory).digest()).isEqualTo(written.digest());
  }

  @Test
  void aTrainedInitialisationTakesThePlaceOfTheOwn() {
    SortedMap<String, Tensor> trained = new PrototypeLearner(6).initialization();
    trained.put("name_weight", Tensor.vector(3f));
    Path path = root.resolve("trained");
    Release release = writer.write(path, DRAFT, new PrototypeLearner(6), trained);
    assertThat(reader.read(path).initialization()).isEqualTo(trained);
    assertThat(release.adaptDigest()).isEqualTo(written.adaptDigest());
    assertThat(release.digest()).isNotEqualTo(written.digest());

    trained.put("name_weight", Tensor.vector(3f, 4f));
    Path other = root.resolve("other");
    assertThatThrownBy(() -> writer.write(other, DRAFT, new PrototypeLearner(6), trained))
        .hasMessageContaining("'name_weight' as [1], expected [2]");
    assertThat(other).doesNotExist();
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    Random random = new Random(11);
    for (String name : Release.LISTED_FILES) {
      flipBits(name, random, 60);
    }
    flipBits(Release.MANIFEST_FILE, random, 400);
    assertThat(reader.read(directory).digest()).isEqualTo(written.digest());
  }

  private void flipBits(String name, Random random, int times) throws IOException {
    Path file = directory.resolve(name);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < times; i++) {
      byte[] bad = good.clone();
      int bit = random.nextInt(8 * bad.length);
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      assertThatThrownBy(() -> reader.read(directory))
          .as("bit %d of %s", bit, name)
          .isInstanceOf(ReleaseDamagedException.class)
          .hasMessageContaining(name);
      assertThatThrownBy(() -> reader.read(directory, written.digest()))
          .isInstanceOf(ReleaseDamagedException.class);
    }
    Files.write(file, good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "release.json",
        "initialization.onnx",
        "adapt.onnx",
        "predict.onnx",
        "MODEL_CARD.md"
      })
  void missingTruncatedLinkedAndForeignFilesAreRefused(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] good = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(good, good.length - 1));
    refused(name);
    Files.write(file, new byte[0]);
    refused(name);

    Files.delete(file);
    refused(name, "is missing");
    Files.createDirectory(file);
    refused(name, "not a regular file");
    Files.delete(file);

    Path elsewhere = Files.write(root.resolve("elsewhere"), good);
    Files.createSymbolicLink(file, elsewhere);
    refused(name, "is a symbolic link");
    Files.delete(file);
    Files.createLink(file, elsewhere);
    refused(name, "is hard-linked (2 names)");
    Files.delete(elsewhere);
    assertThat(reader.read(directory).digest()).isEqualTo(written.digest());
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> reader.read(directory))
        .isInstanceOf(ReleaseDamagedException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void filesOfAnotherReleaseAreRefused() throws IOException {
    Path other = root.resolve("other");
    writer.write(other, DRAFT, new PrototypeLearner(7));
    Files.write(directory.resolve("adapt.onnx"), Files.readAllBytes(other.resolve("adapt.onnx")));
    refused("adapt.onnx has the digest", "expected");
  }

  @Test
  void anotherReleaseInItsPlaceIsRefusedWhereTheDigestIsKnown() {
    String other = writer.assemble(DRAFT, new PrototypeLearner(7)).digest();
    assertThatThrownBy(() -> reader.read(directory, other))
        .isInstanceOf(ReleaseDamagedException.class)
        .hasMessageContaining(written.digest())
        .hasMessageContaining(other)
        .hasMessageContaining("fetch the one that was named");
  }

  @Test
  void unlistedFilesAreLeftAlone() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "hello");
    assertThat(reader.read(directory).digest()).isEqualTo(written.digest());
  }

  @Test
  void whatIsNoReleaseIsSaidToBeNone() {
    assertThatThrownBy(() -> reader.read(root.resolve("nowhere")))
        .isInstanceOf(ReleaseDamagedException.class)
        .hasMessageContaining("release.json is missing");
  }

  @Test
  void aLaterFormatIsNotGuessedAt() throws IOException {
    rewriteManifest("\"formatVersion\" : 1", "\"formatVersion\" : 2");
    refused("formatVersion is 2, expected 1; a newer Freshet may read it");
  }

  @Test
  void aManifestWithOtherFieldsOrValuesIsRefused() throws IOException {
    rewriteManifest("\"parent\"", "\"perant\"");
    refused("unknown fields [perant]");
    rewriteManifest("\"perant\"", "\"parent\"");
    rewriteManifest("\"features\" : 6", "\"features\" : \"6\"");
    refused("field 'features.' is \"6\", expected a whole number");
  }

  /** As somebody would who knows how the file checks itself. */
  private void rewriteManifest(String from, String to) throws IOException {
    Path file = directory.resolve(Release.MANIFEST_FILE);
    String changed = Files.readString(file).replace(from, to);
    String unsigned = changed.replaceFirst("[0-9a-f]{64}", "0".repeat(64));
    String digest = Sha256.of(unsigned.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, unsigned.replaceFirst("0{64}", digest));
  }

  @Test
  void settingsOutOfRangeNeverBecomeARelease() {
    assertThatThrownBy(() -> Settings.of(PrototypeLearner.SETTINGS, Map.of("temperature", 1e6)))
        .hasMessageContaining("'temperature' is 1000000.0");
  }
}
