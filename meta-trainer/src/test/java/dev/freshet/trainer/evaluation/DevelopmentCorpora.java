package dev.freshet.trainer.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.CsvCorpus;
import dev.freshet.trainer.corpus.CsvSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The sets that lie beside the repository, in {@code ../shared/data}. */
public final class DevelopmentCorpora {
  private static final int ROWS_PER_LABEL_MIN = 20;

  private final Path data;

  public DevelopmentCorpora() {
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
  public Corpus hwu64() {
    List<List<String>> rows = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : lines("intent_fewshot_splits/HWU64/full.jsonl.gz", StandardCharsets.UTF_8)) {
      JsonNode row = read(json, line);
      String label = row.get("label").asText().replace('/', '_');
      rows.add(List.of(row.get("sentence").asText(), label));
    }
    return corpus("hwu64", rows);
  }

  /** Foods by group; the groups' names stand in a table of their own. */
  public Corpus usda() {
    Map<String, String> groups = new HashMap<>();
    for (String line : lines("products_usda_sr28/FD_GROUP.txt", StandardCharsets.ISO_8859_1)) {
      groups.put(unquoted(line, 0), unquoted(line, 1));
    }
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines("products_usda_sr28/FOOD_DES.txt.gz", StandardCharsets.ISO_8859_1)) {
      rows.add(List.of(unquoted(line, 2), groups.getOrDefault(unquoted(line, 1), "")));
    }
    return corpus("usda", rows);
  }

  public boolean areThere() {
    return Files.isDirectory(data);
  }

  private static String unquoted(String line, int column) {
    return List.of(line.split("\\^", -1)).get(column).replace("~", "");
  }

  private static JsonNode read(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(String file, Charset charset) {
    Path table = data.resolve(file);
    try (InputStream bytes = Files.newInputStream(table);
        InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
      return new String(plain.readAllBytes(), charset).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + table + ".", e);
    }
  }

  /** By way of a table, so that it is read as anybody's. */
  private static Corpus corpus(String name, List<List<String>> rows) {
    try {
      Path directory = Files.createTempDirectory("freshet-development");
      Path csv = directory.resolve(name);
      try {
        try (BufferedWriter writer = Files.newBufferedWriter(csv);
            CSVPrinter printer = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
          printer.printRecord("text", "label");
          printer.printRecords(rows);
        }
        return CsvCorpus.read(CsvSource.of(csv, "text", "label", ROWS_PER_LABEL_MIN));
      } finally {
        Files.deleteIfExists(csv);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a table of " + name + ".", e);
    }
  }
}
