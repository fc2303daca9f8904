package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Features.VectorFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.Skipped;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.history.PastTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Joins the labels of all tasks by their names: two tasks that each have "toy cars" have one class
 * in common, and it can never be on two sides of a split.
 */
final class MaterialCollector {
  private final EmbeddingStore store;
  private final Map<String, Gathered> classes = new TreeMap<>();
  private long unnamedRows;
  private int tasks;

  /** Below what a label's id may have. */
  private static final int ID_LENGTH_MAX = 200;

  private static final class Gathered {
    private Label label;
    private int tasks;
    private final List<Sighting> rows = new ArrayList<>();

    Gathered(Label label) {
      this.label = label;
    }

    private Gathered inOneMore() {
      tasks++;
      return this;
    }
  }

  /**
   * A text in a task.
   *
   * @param place among the task's rows
   */
  private record Sighting(String text, long timestampMillis, int place) {}

  MaterialCollector(EmbeddingStore store) {
    this.store = store;
  }

  void add(PastTask task) {
    Map<String, String> classOf = new HashMap<>();
    for (Label label : task.labels()) {
      String name = words(label.name());
      classOf.put(label.id(), name);
      classes.computeIfAbsent(name, unused -> new Gathered(label)).label = label;
    }
    new HashSet<>(classOf.values())
        .forEach(name -> classes.computeIfPresent(name, (unused, known) -> known.inOneMore()));
    tasks += task.rows().isEmpty() ? 0 : 1;
    for (int place = 0; place < task.rows().size(); place++) {
      PastTask.Row row = task.rows().get(place);
      String name = classOf.get(row.label());
      Gathered gathered = name == null ? null : classes.get(name);
      if (gathered == null) {
        unnamedRows++;
      } else {
        gathered.rows.add(new Sighting(text(row.features()), row.timestampMillis(), place));
      }
    }
  }

  /**
   * The classes with enough texts, by name, the latest texts of each.
   *
   * @param textsMin that are not also another class's
   * @param textsMax of a class
   */
  Material collect(String name, int textsMin, int textsMax) {
    Set<String> ambiguous = ambiguous();
    List<Category> kept = new ArrayList<>();
    int tooSmall = 0;
    for (Map.Entry<String, Gathered> entry : classes.entrySet()) {
      List<String> texts = latest(entry.getValue(), ambiguous, textsMax);
      if (texts.size() >= textsMin) {
        Label label = entry.getValue().label;
        kept.add(new Category(id(entry.getKey()), label.name(), label.description(), texts));
      } else {
        tooSmall++;
      }
    }
    return new Material(
        new Corpus(name, kept, Skipped.NOTHING),
        tasks,
        tooSmall,
        unnamedRows,
        ambiguous.size(),
        recurrence());
  }

  /** A class is called by its name, or where that is too long for an id, by a digest of it. */
  private static String id(String name) {
    return name.length() <= ID_LENGTH_MAX
        ? name
        : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private double recurrence() {
    long labels = classes.values().stream().mapToLong(gathered -> gathered.tasks).sum();
    long again = classes.values().stream().filter(g -> g.tasks > 1).mapToLong(g -> g.tasks).sum();
    return labels == 0 ? 0 : (double) again / labels;
  }

  private Set<String> ambiguous() {
    Map<String, String> classOf = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    classes.forEach(
        (name, gathered) ->
            gathered.rows.forEach(
                row -> {
                  String before = classOf.putIfAbsent(words(row.text()), name);
                  if (before != null && !before.equals(name)) {
                    ambiguous.add(words(row.text()));
                  }
                }));
    return ambiguous;
  }

  /**
   * Rows of one millisecond are in their task's own order. So the order of a class that one task
   * alone has does not depend on how fast the task was told, and neither does what is drawn of it.
   */
  private static List<String> latest(Gathered gathered, Set<String> ambiguous, int textsMax) {
    List<Sighting> latestFirst = new ArrayList<>(gathered.rows);
    latestFirst.sort(
        Comparator.comparingLong(Sighting::timestampMillis)
            .thenComparingInt(Sighting::place)
            .reversed()
            .thenComparing(Sighting::text));
    Set<String> seen = new HashSet<>(ambiguous);
    List<String> texts = new ArrayList<>();
    for (Sighting row : latestFirst) {
      if (texts.size() < textsMax && seen.add(words(row.text()))) {
        texts.add(row.text());
      }
    }
    return texts;
  }

  private String text(Features features) {
    if (features instanceof TextFeatures text) {
      return text.text();
    }
    float[] vector = ((VectorFeatures) features).vector();
    String key = "vector " + digest(vector);
    store.hold(key, SupportVector.of(vector));
    return key;
  }

  /** Capitals and spaces do not make a text, or a name, another one. */
  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  private static String digest(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
    bytes.asFloatBuffer().put(vector);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }
}
