package dev.freshet.adaptation.release;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A release whose every file agreed with its digest, held in memory as it was then: what happens to
 * the directory later does not matter. Immutable; made by {@link ReleaseReader} and {@link
 * ReleaseWriter} alone.
 */
public final class Release {
  public static final String MANIFEST_FILE = "release.json";
  public static final String INITIALIZATION_FILE = "initialization.onnx";
  public static final String ADAPT_FILE = "adapt.onnx";
  public static final String PREDICT_FILE = "predict.onnx";
  public static final String MODEL_CARD_FILE = "MODEL_CARD.md";

  /** The item table, in releases whose examples name items. */
  public static final String ITEMS_FILE = "items.bin";

  /** The files that every manifest lists with their digests: all but itself. */
  static final SortedSet<String> LISTED_FILES =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(List.of(INITIALIZATION_FILE, ADAPT_FILE, PREDICT_FILE, MODEL_CARD_FILE)));

  /** The same with an item table. */
  static final SortedSet<String> LISTED_FILES_WITH_ITEMS = withItems();

  private static SortedSet<String> withItems() {
    SortedSet<String> files = new TreeSet<>(LISTED_FILES);
    files.add(ITEMS_FILE);
    return Collections.unmodifiableSortedSet(files);
  }

  private final ReleaseManifest manifest;
  private final String digest;
  private final SortedMap<String, byte[]> files;
  private final SortedMap<String, Tensor> initialization;
  private final Signature adaptSignature;
  private final Signature predictSignature;
  private final Optional<ItemTable> items;

  Release(
      ReleaseManifest manifest,
      String digest,
      Map<String, byte[]> files,
      Map<String, Tensor> initialization,
      Signature adaptSignature,
      Signature predictSignature,
      Optional<ItemTable> items) {
    this.manifest = manifest;
    this.digest = digest;
    this.files = new TreeMap<>(files);
    this.initialization = Collections.unmodifiableSortedMap(new TreeMap<>(initialization));
    this.adaptSignature = adaptSignature;
    this.predictSignature = predictSignature;
    this.items = items;
  }

  public ReleaseManifest manifest() {
    return manifest;
  }

  /** SHA-256 of release.json, in lower-case hex. It holds the digests of all other files. */
  public String digest() {
    return digest;
  }

  /** The meta-learned tensors, by name. */
  public SortedMap<String, Tensor> initialization() {
    return initialization;
  }

  /** What it knows of its items, if its examples name some. */
  public Optional<ItemTable> items() {
    return items;
  }

  /** The bytes of adapt.onnx. */
  public byte[] adaptGraph() {
    return bytes(ADAPT_FILE);
  }

  /** The bytes of predict.onnx. */
  public byte[] predictGraph() {
    return bytes(PREDICT_FILE);
  }

  /** What adapt.onnx takes and gives. */
  public Signature adaptSignature() {
    return adaptSignature;
  }

  /** What predict.onnx takes and gives. */
  public Signature predictSignature() {
    return predictSignature;
  }

  /** SHA-256 of adapt.onnx, in lower-case hex: equal graphs can share their sessions. */
  public String adaptDigest() {
    return listedDigest(ADAPT_FILE);
  }

  /** SHA-256 of predict.onnx, in lower-case hex. */
  public String predictDigest() {
    return listedDigest(PREDICT_FILE);
  }

  SortedMap<String, byte[]> files() {
    return files;
  }

  public String modelCard() {
    return new String(bytes(MODEL_CARD_FILE), StandardCharsets.UTF_8);
  }

  private String listedDigest(String file) {
    String listed = manifest.files().get(file);
    if (listed == null) {
      throw new IllegalStateException("A manifest lists " + file + ", or it would not be one.");
    }
    return listed;
  }

  private byte[] bytes(String file) {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new IllegalStateException("Release " + manifest.release() + " has no " + file + ".");
    }
    return bytes.clone();
  }

  @Override
  public String toString() {
    return manifest.lineage() + "/" + manifest.release() + " (" + digest.substring(0, 12) + ")";
  }
}
