package dev.freshet.trainer.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Anybody's table as a corpus: one column of texts, one of labels. */
public final class CsvCorpus {
  /** What an event's label may have at most; a longer one is a text in the wrong column. */
  private static final int LABEL_CHARACTERS_MAX = 256;

  private final CsvSource source;
  private final CorpusCollector collector = new CorpusCollector();

  private CsvCorpus(CsvSource source) {
    this.source = source;
  }

  /**
   * Reads all of a table.
   *
   * @throws UnusableCorpusException if there is no such file or column, if the file is not what the
   *     source says, or if no label has enough rows
   */
  public static Corpus read(CsvSource source) {
    return new CsvCorpus(source).read();
  }

  private Corpus read() {
    if (!Files.isRegularFile(source.file())) {
      throw new UnusableCorpusException(
          "There is no file " + source.file() + ". Check the path of the table.");
    }
    try (Reader reader = new BufferedReader(TableReader.open(source.file(), source.charset()));
        CSVParser rows = CSVParser.parse(reader, format())) {
      requireColumns(rows.getHeaderNames());
      rows.forEach(this::collect);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    } catch (IllegalArgumentException e) {
      throw new UnusableCorpusException(
          "The header of " + source.file() + " is unusable: " + e.getMessage(), e);
    }
    return requireLabels(collector.collect(nameOf(source), source.rowsPerLabelMin()));
  }

  private CSVFormat format() {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(source.delimiter())
        .setHeader()
        .setSkipHeaderRecord(true)
        .setAllowMissingColumnNames(true)
        .get();
  }

  private void requireColumns(List<String> columns) {
    for (String column : List.of(source.textColumn(), source.labelColumn())) {
      if (!columns.contains(column)) {
        throw new UnusableCorpusException(
            "Table "
                + source.file()
                + " has no column '"
                + column
                + "'. Read with the delimiter '"
                + source.delimiter()
                + "' its columns are: "
                + String.join(", ", columns));
      }
    }
  }

  private void collect(CSVRecord row) {
    String text = valueOf(row, source.textColumn());
    String label = valueOf(row, source.labelColumn());
    if (text.isEmpty() || !isUsableLabel(label)) {
      collector.countUnreadableRow();
      return;
    }
    collector.category(label, LabelName.of(label), Optional.empty());
    collector.text(label, text);
  }

  private static String valueOf(CSVRecord row, String column) {
    return row.isSet(column) ? row.get(column).strip() : "";
  }

  private static boolean isUsableLabel(String label) {
    return !label.isEmpty()
        && label.length() <= LABEL_CHARACTERS_MAX
        && label.chars().noneMatch(Character::isISOControl);
  }

  private Corpus requireLabels(Corpus corpus) {
    if (corpus.categories().isEmpty()) {
      Skipped skipped = corpus.skipped();
      throw new UnusableCorpusException(
          "No label of table "
              + source.file()
              + " has "
              + source.rowsPerLabelMin()
              + " usable rows: "
              + skipped.smallCategories()
              + " labels have fewer ("
              + skipped.textsOfSmallCategories()
              + " rows); left out were "
              + skipped.repeatedTexts()
              + " repeated texts, "
              + skipped.ambiguousTexts()
              + " texts under several labels, "
              + skipped.unreadableRows()
              + " rows without text or label. Ask for fewer shots, or check the columns.");
    }
    return corpus;
  }

  private UnusableCorpusException unreadable(Exception failure) {
    boolean wrongCharset =
        failure instanceof CharacterCodingException
            || failure.getCause() instanceof CharacterCodingException;
    return new UnusableCorpusException(
        wrongCharset
            ? "Table " + source.file() + " is not " + source.charset() + ". Give its character set."
            : "Cannot read table " + source.file() + ": " + failure.getMessage(),
        failure);
  }

  private static String nameOf(CsvSource source) {
    return String.valueOf(source.file().getFileName());
  }
}
