package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.trainer.corpus.CsvSource;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** A table of one's own: where it lies, and which columns hold texts and labels. */
final class TableOptions {
  @Option(names = "--csv", paramLabel = "FILE", description = "Your own table; may be gzipped.")
  private Optional<Path> csv = Optional.empty();

  @Option(names = "--text", paramLabel = "COLUMN", description = "The table's text column.")
  private Optional<String> textColumn = Optional.empty();

  @Option(names = "--label", paramLabel = "COLUMN", description = "The table's label column.")
  private Optional<String> labelColumn = Optional.empty();

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      defaultValue = ",",
      description = "Between columns; \\t for a tab. Default: a comma.")
  private String delimiter = ",";

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      defaultValue = "UTF-8",
      description = "Of the table. Default: ${DEFAULT-VALUE}.")
  private Charset charset = StandardCharsets.UTF_8;

  /**
   * The table, if one was named.
   *
   * @param rowsPerLabelMin labels with fewer rows are left out
   */
  Optional<CsvSource> source(int rowsPerLabelMin) {
    if (csv.isEmpty()) {
      if (textColumn.isPresent() || labelColumn.isPresent()) {
        throw Input.misuse("--text and --label name columns of a table: give one with --csv FILE.");
      }
      return Optional.empty();
    }
    return Optional.of(source(csv.get(), rowsPerLabelMin));
  }

  /** Another table with the same columns. */
  CsvSource source(Path file, int rowsPerLabelMin) {
    String text = textColumn.orElseThrow(() -> missing("--text", "the text column"));
    String label = labelColumn.orElseThrow(() -> missing("--label", "the label column"));
    return usable(
        () ->
            CsvSource.of(file, text, label, rowsPerLabelMin)
                .withDelimiter(delimiterCharacter())
                .withCharset(charset));
  }

  private static CommandFailure missing(String option, String what) {
    return Input.misuse("--csv needs " + option + " COLUMN, the name of " + what + ".");
  }

  private char delimiterCharacter() {
    String unescaped = delimiter.equals("\\t") || delimiter.equals("tab") ? "\t" : delimiter;
    if (unescaped.length() != 1) {
      throw Input.misuse(
          "--delimiter is '" + delimiter + "', expected one character, or \\t for a tab.");
    }
    return unescaped.charAt(0);
  }

  /** A corpus that cannot be used is a wrong option. */
  static <T> T usable(Supplier<T> corpus) {
    try {
      return corpus.get();
    } catch (UnusableCorpusException e) {
      throw new CommandFailure(Exit.USAGE, String.valueOf(e.getMessage()), e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnusableCorpusException cause) {
        throw new CommandFailure(Exit.USAGE, String.valueOf(cause.getMessage()), e);
      } else if (e.getCause() instanceof IllegalArgumentException cause) {
        throw new CommandFailure(Exit.USAGE, String.valueOf(cause.getMessage()), e);
      }
      throw e;
    }
  }
}
