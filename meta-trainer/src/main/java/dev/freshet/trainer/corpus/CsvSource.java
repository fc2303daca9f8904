package dev.freshet.trainer.corpus;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A table in a file and how to read it.
 *
 * @param file with a header row; may be compressed by gzip, whatever its name
 * @param textColumn name of the column that holds the texts
 * @param labelColumn name of the column that holds the labels
 * @param rowsPerLabelMin a label with fewer usable rows is left out
 */
public record CsvSource(
    Path file,
    String textColumn,
    String labelColumn,
    char delimiter,
    Charset charset,
    int rowsPerLabelMin) {
  public CsvSource {
    if (textColumn.equals(labelColumn)) {
      throw new UnusableCorpusException(
          "The text column and the label column are both '"
              + textColumn
              + "': expected two different columns.");
    }
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new UnusableCorpusException(
          "A quotation mark or a line break cannot delimit columns. Give a character such as , or"
              + " ; or a tab.");
    }
    if (rowsPerLabelMin < 1) {
      throw new IllegalArgumentException(
          "rowsPerLabelMin is " + rowsPerLabelMin + ", expected at least 1.");
    }
  }

  /** Separated by commas, in UTF-8. */
  public static CsvSource of(
      Path file, String textColumn, String labelColumn, int rowsPerLabelMin) {
    return new CsvSource(
        file, textColumn, labelColumn, ',', StandardCharsets.UTF_8, rowsPerLabelMin);
  }

  public CsvSource withDelimiter(char other) {
    return new CsvSource(file, textColumn, labelColumn, other, charset, rowsPerLabelMin);
  }

  public CsvSource withCharset(Charset other) {
    return new CsvSource(file, textColumn, labelColumn, delimiter, other, rowsPerLabelMin);
  }
}
