package dev.freshet.trainer.offpolicy;

import dev.freshet.trainer.corpus.TableReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A log as a table: CSV with a header, UTF-8, plain or gzipped. */
public final class BanditFile {
  private final Path file;
  private final BanditColumns columns;
  private final List<LoggedChoice> choices = new ArrayList<>();
  private int incomplete;
  private int rewards;
  private int propensities;

  private BanditFile(Path file, BanditColumns columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * Reads all of it; rows that cannot be used are counted.
   *
   * @throws UnusableLogException if there is no such file or column, or nothing usable in it
   */
  public static BanditLog read(Path file, BanditColumns columns) {
    return new BanditFile(file, columns).read();
  }

  private BanditLog read() {
    if (!Files.isRegularFile(file)) {
      throw new UnusableLogException("There is no file " + file + ". Check the path of the log.");
    }
    try (Reader reader = new BufferedReader(TableReader.open(file, StandardCharsets.UTF_8));
        CSVParser rows = CSVParser.parse(reader, format())) {
      requireColumns(rows.getHeaderNames());
      rows.forEach(this::collect);
    } catch (IOException | UncheckedIOException e) {
      throw new UnusableLogException(
          "Cannot read log " + file + ": " + e.getMessage() + ". Expected CSV in UTF-8.", e);
    }
    return new BanditLog(
        String.valueOf(file.getFileName()),
        choices,
        new RefusedRows(incomplete, rewards, propensities));
  }

  private static CSVFormat format() {
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .setAllowMissingColumnNames(true)
        .get();
  }

  private void requireColumns(List<String> names) {
    List<String> missing = new ArrayList<>(columns.all());
    missing.removeAll(names);
    if (!missing.isEmpty()) {
      throw new UnusableLogException(
          "Log %s has no column %s, expected one of that name. Its columns are: %s. Name yours with --log-columns and --context-columns."
              .formatted(file, String.join(", ", missing), String.join(", ", names)));
    }
  }

  private void collect(CSVRecord row) {
    for (String column : columns.all()) {
      if (!row.isSet(column)) {
        incomplete++;
        return;
      }
    }
    OptionalDouble reward = number(row.get(columns.reward()));
    OptionalDouble propensity = number(row.get(columns.propensity()));
    if (row.get(columns.action()).isBlank()) {
      incomplete++;
    } else if (reward.isEmpty()) {
      rewards++;
    } else if (propensity.isEmpty()
        || propensity.getAsDouble() <= 0
        || propensity.getAsDouble() > 1) {
      propensities++;
    } else {
      choices.add(
          new LoggedChoice(
              row.get(columns.action()).strip(),
              row.get(columns.position()).strip(),
              reward.getAsDouble(),
              propensity.getAsDouble(),
              columns.context().stream().map(name -> row.get(name).strip()).toList()));
    }
  }

  private static OptionalDouble number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
