package dev.freshet.trainer.ratings;

import dev.freshet.trainer.corpus.TableReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The rows of a text file, plain or gzipped, separated by a comma, a tab, :: or what is said. */
final class DelimitedLines {
  private static final String COMMA = ",";
  private static final String DOUBLE_COLON = "::";
  private static final String TAB = "\t";

  private DelimitedLines() {}

  static void read(
      Path file, Charset charset, Optional<String> delimiter, Consumer<List<String>> row) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableRatingsException("There is no file " + file + ". Check the path.");
    }
    try {
      String separator = delimiter.isPresent() ? delimiter.get() : guess(file, charset);
      try (Reader reader = new BufferedReader(TableReader.open(file, charset));
          CSVParser rows = CSVParser.parse(reader, format(separator))) {
        rows.forEach(record -> row.accept(record.stream().toList()));
      }
    } catch (IOException | UncheckedIOException e) {
      boolean wrongCharset =
          e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
      throw new UnusableRatingsException(
          wrongCharset
              ? "File " + file + " is not " + charset + ". Give its character set."
              : "Cannot read " + file + ": " + e.getMessage(),
          e);
    }
  }

  private static String guess(Path file, Charset charset) throws IOException {
    try (BufferedReader reader = new BufferedReader(TableReader.open(file, charset))) {
      String first = Optional.ofNullable(reader.readLine()).orElse("");
      if (first.contains(DOUBLE_COLON)) {
        return DOUBLE_COLON;
      }
      return first.contains(TAB) ? TAB : COMMA;
    }
  }

  /** Quotation marks have their meaning between commas only: titles are full of them. */
  private static CSVFormat format(String separator) {
    CSVFormat.Builder format = CSVFormat.DEFAULT.builder().setDelimiter(separator);
    return separator.equals(COMMA) ? format.get() : format.setQuote(null).get();
  }
}
