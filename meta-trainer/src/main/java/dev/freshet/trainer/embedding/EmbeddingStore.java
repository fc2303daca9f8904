package dev.freshet.trainer.embedding;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.TextEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of texts, each computed once: kept in memory, and in a file that the next run reads.
 * What it computed is on disk every {@value #TEXTS_AT_ONCE} texts, so that work cut short is not
 * lost. Not thread-safe.
 */
public final class EmbeddingStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingStore.class);
  private static final int TEXTS_AT_ONCE = 256;

  private final TextEncoder encoder;
  private final @Nullable EmbeddingFile file;
  private final Map<TextDigest, SupportVector> vectors = new HashMap<>();
  private final List<String> notices = new ArrayList<>();
  private long computed;

  private EmbeddingStore(TextEncoder encoder, @Nullable EmbeddingFile file) {
    this.encoder = encoder;
    this.file = file;
  }

  /** Remembers nothing after it is closed. */
  public static EmbeddingStore inMemory(TextEncoder encoder) {
    return new EmbeddingStore(encoder, null);
  }

  /**
   * Reads what is there of this encoder. Damage is no failure: it is told by {@link #notices} and
   * in the log, and made good.
   *
   * @param directory created where it is missing; holds a file for each encoder
   * @param encoder stays open when this is closed
   */
  public static EmbeddingStore open(Path directory, TextEncoder encoder) {
    String name = encoder.id().replaceAll("[^A-Za-z0-9._-]", "_") + ".embeddings";
    Path path = directory.resolve(name);
    EmbeddingFile file = EmbeddingFile.open(path, encoder.id(), encoder.dimension()).orElse(null);
    EmbeddingStore store = new EmbeddingStore(encoder, file);
    if (file == null) {
      store.notice("Another process is writing " + path + ": nothing is read from it or kept.");
    } else {
      file.load((digest, vector) -> store.vectors.put(digest, SupportVector.of(vector)));
      file.damage().forEach(store::notice);
    }
    return store;
  }

  /** Of a text that was not embedded before: computed now. */
  public SupportVector vector(String text) {
    SupportVector known = vectors.get(TextDigest.of(text));
    if (known != null) {
      return known;
    }
    embed(List.of(text), Progress.SILENT);
    return vector(text);
  }

  /**
   * Takes a vector that was made elsewhere in the place of a text's, until this is closed; it is
   * not written to the file.
   *
   * @param text stands for the vector; nobody else's text
   */
  public void hold(String text, SupportVector vector) {
    if (vector.features() != dimension()) {
      throw new IllegalArgumentException(
          "The vector for '%s' has %d features, expected %d as of encoder '%s'."
              .formatted(text, vector.features(), dimension(), encoder.id()));
    }
    vectors.put(TextDigest.of(text), vector);
  }

  /** Computes those that are missing, on all processors. */
  public void embed(Collection<String> texts, Progress progress) {
    List<String> missing = missing(texts);
    for (int from = 0; from < missing.size(); from += TEXTS_AT_ONCE) {
      int to = Math.min(missing.size(), from + TEXTS_AT_ONCE);
      compute(missing.subList(from, to));
      progress.at("embedding", to, missing.size());
    }
  }

  /** Of every vector. */
  public int dimension() {
    return encoder.dimension();
  }

  /** What was wrong with the file, in sentences. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** How many texts were encoded, not found. */
  public long computed() {
    return computed;
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }

  private List<String> missing(Collection<String> texts) {
    Set<TextDigest> seen = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (String text : texts) {
      TextDigest digest = TextDigest.of(text);
      if (!vectors.containsKey(digest) && seen.add(digest)) {
        missing.add(text);
      }
    }
    return missing;
  }

  /** Written in the order of the texts, whichever is encoded first. */
  private void compute(List<String> texts) {
    float[][] encoded = new float[texts.size()][];
    if (encoder.encodesTogether()) {
      List<EncodedText> together = encoder.encodeAll(texts);
      Arrays.setAll(encoded, i -> together.get(i).vector());
    } else {
      IntStream.range(0, texts.size())
          .parallel()
          .forEach(i -> encoded[i] = encoder.encode(texts.get(i)).vector());
    }
    Map<TextDigest, float[]> fresh = new LinkedHashMap<>();
    for (int i = 0; i < encoded.length; i++) {
      TextDigest digest = TextDigest.of(texts.get(i));
      fresh.put(digest, encoded[i]);
      vectors.put(digest, SupportVector.of("Vector of a text", encoded[i]));
    }
    computed += encoded.length;
    if (file != null) {
      file.append(fresh);
    }
  }

  private void notice(String sentence) {
    notices.add(sentence);
    LOG.warn("{}", sentence);
  }
}
