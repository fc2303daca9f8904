package dev.freshet.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvCorpusTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("toys.csv");
  }

  @Test
  void readsTextsByLabelInTheOrderOfTheFile() throws IOException {
    write(
        "id,text,label",
        "1,red car,cars",
        "2,chess,games",
        "3,\"blue, small car\",cars",
        "4,go,games");
    Corpus corpus = CsvCorpus.read(source(2));
    assertThat(corpus.name()).isEqualTo("toys.csv");
    assertThat(corpus.categories()).extracting(Category::id).containsExactly("cars", "games");
    assertThat(corpus.categories().get(0).texts()).isEqualTo(List.of("red car", "blue, small car"));
    assertThat(corpus.skipped()).isEqualTo(Skipped.NOTHING);
  }

  @Test
  void countsEverythingItLeavesOut() throws IOException {
    write(
        "text,label",
        "a,x",
        "b,x",
        "a,x",
        "both,x",
        "both,y",
        "c,y",
        ",x",
        "d,",
        "short",
        "e,z",
        "f,z");
    Corpus corpus = CsvCorpus.read(source(2));
    assertThat(corpus.categories()).extracting(Category::id).containsExactly("x", "z");
    assertThat(corpus.skipped()).isEqualTo(new Skipped(3, 1, 2, 1, 1));
    assertThat(corpus.texts() + corpus.skipped().texts()).isEqualTo(11);
  }

  @Test
  void labelsStayAsTheyAreAndTheirNamesAreMadeReadable() throws IOException {
    write("text,label", "a,card_arrival", "b,Toys > Cars & Trains > die-cast  cars", "c,---");
    assertThat(CsvCorpus.read(source(1)).categories())
        .extracting(Category::id, Category::name)
        .containsExactly(
            tuple("card_arrival", "card arrival"),
            tuple("Toys > Cars & Trains > die-cast  cars", "die cast cars"),
            tuple("---", "---"));
  }

  @Test
  void readsOtherDelimitersCharacterSetsCompressionAndByteOrderMarks() throws IOException {
    write(StandardCharsets.ISO_8859_1, "text;label", "café;x");
    CsvSource latin = source(1).withDelimiter(';').withCharset(StandardCharsets.ISO_8859_1);
    assertThat(CsvCorpus.read(latin).categories().get(0).texts()).containsExactly("café");

    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\ufefftext,label\nnaïve,x\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(CsvCorpus.read(source(1)).categories().get(0).texts()).containsExactly("naïve");
  }

  @Test
  void labelsNoEventCouldCarryAreCounted() throws IOException {
    write("text,label", "a,x", "b," + "y".repeat(257), "c,\"two\nlines\"");
    assertThat(CsvCorpus.read(source(1)).skipped().unreadableRows()).isEqualTo(2);
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused("There is no file", file.toString());
  }

  @Test
  void aMissingColumnIsNamedBesideThoseThatAre() throws IOException {
    write("text;label", "a;x");
    assertRefused("has no column 'text'", "delimiter ','", "columns are: text;label");
  }

  @Test
  void aTableWithoutALabelLargeEnoughIsRefusedWithCounts() throws IOException {
    write("text,label", "a,x", "b,y", "b,y");
    assertRefused("has 2 usable rows", "2 labels have fewer", "1 repeated texts");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    write("");
    assertRefused("toys.csv");
  }

  @Test
  void bytesOfAnotherCharacterSetAreRefused() throws IOException {
    write(StandardCharsets.ISO_8859_1, "text,label", "café,x");
    assertRefused("is not UTF-8. Give its character set");
  }

  @Test
  void aQuoteLeftOpenIsRefused() throws IOException {
    write("text,label", "a,x", "\"b,x");
    assertRefused("Cannot read table", "toys.csv");
  }

  @Test
  void aTruncatedCompressedFileIsRefused() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("text,label\na,x\n".repeat(99).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("Cannot read table");
  }

  @Test
  void oneColumnForBothIsRefused() {
    assertThatThrownBy(() -> CsvSource.of(file, "a", "a", 1))
        .isInstanceOf(UnusableCorpusException.class)
        .hasMessageContaining("two different columns");
  }

  private CsvSource source(int rowsPerLabelMin) {
    return CsvSource.of(file, "text", "label", rowsPerLabelMin);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> CsvCorpus.read(source(2)))
        .isInstanceOf(UnusableCorpusException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private void write(String... lines) throws IOException {
    write(StandardCharsets.UTF_8, lines);
  }

  private void write(Charset charset, String... lines) throws IOException {
    Files.write(file, List.of(lines), charset);
  }
}
