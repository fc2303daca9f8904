package dev.freshet.trainer.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.CsvCorpus;
import dev.freshet.trainer.corpus.CsvSource;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The sets that lie beside the repository, in {@code ../shared/data}. */
final class DevelopmentCorpora {
  private static final int ROWS_PER_LABEL_MIN = 20;

  private final Path data;

  DevelopmentCorpora() {
    String root = System.getProperty("freshet.root");
    if (root == null) {
      throw new IllegalStateException("Give -Dfreshet.root=<root of the repository>.");
    }
    this.data = Path.of(root).resolve("../shared/data").normalize();
  }

  Corpus toys() {
    return CsvCorpus.read(
        CsvSource.of(
                data.resolve("products_amazon_toys/amazon_co-ecommerce_sample.csv.gz"),
                "product_name",
                "amazon_category_and_sub_category",
                ROWS_PER_LABEL_MIN)
            .withDelimiter(';'));
  }

  Corpus banking() {
    return CsvCorpus.read(
        CsvSource.of(
            data.resolve("intent_banking77/train.csv.gz"), "text", "category", ROWS_PER_LABEL_MIN));
  }

  /** A line is an object with a sentence and a label such as {@code lists/remove}. */
  Corpus hwu64() {
    Path table = data.resolve("intent_fewshot_splits/HWU64/full.jsonl.gz");
    try {
      Path directory = Files.createTempDirectory("freshet-measure");
      Path csv = directory.resolve("hwu64.csv");
      try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(
                      new GZIPInputStream(Files.newInputStream(table)), StandardCharsets.UTF_8));
          BufferedWriter writer = Files.newBufferedWriter(csv);
          CSVPrinter rows = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
        rows.printRecord("text", "label");
        ObjectMapper json = new ObjectMapper();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode row = json.readTree(line);
          String label = row.get("label").asText().replace('/', '_');
          rows.printRecord(row.get("sentence").asText(), label);
        }
      }
      try {
        return CsvCorpus.read(CsvSource.of(csv, "text", "label", ROWS_PER_LABEL_MIN));
      } finally {
        Files.delete(csv);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + table + ".", e);
    }
  }
}
