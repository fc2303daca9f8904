package dev.freshet.encoders;

import dev.freshet.adaptation.runtime.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Sentence vectors by all-MiniLM-L6-v2 as it was trained, in 32-bit floats: for a GPU, and for
 * batches. Other bits than {@link MiniLmEncoder}'s, hence another id and another lineage.
 *
 * <p>Texts of as many tokens share a call, up to {@value #TEXTS_AT_ONCE}: nothing is padded, and a
 * vector does not depend on its neighbours. Thread-safe; calls take turns.
 *
 * <p>The model (83 MB) is on the class path where Freshet was built with {@code -Pfloat-encoder}.
 */
public final class FloatMiniLmEncoder implements TextEncoder {
  /** The encoder's id, which stands for the bytes of its two files and its way of pooling. */
  public static final String ID = "all-minilm-l6-v2";

  static final int TEXTS_AT_ONCE = 64;

  private static final PinnedResource MODEL =
      new PinnedResource(
          "/all-minilm-l6-v2.onnx",
          "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e");
  private static final PinnedResource TOKENIZER =
      new PinnedResource(
          "/all-minilm-l6-v2-tokenizer.json",
          "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");

  private final MiniLmTokenizer tokenizer;
  private final FloatMiniLmModel model;

  private FloatMiniLmEncoder(MiniLmTokenizer tokenizer, FloatMiniLmModel model) {
    this.tokenizer = tokenizer;
    this.model = model;
  }

  /** Whether the model is on the class path. */
  public static boolean isAvailable() {
    return MODEL.isThere();
  }

  /**
   * Loads model and tokenizer from the class path.
   *
   * @throws IllegalStateException if they are not there, or the device cannot be used; with the
   *     reason
   */
  public static FloatMiniLmEncoder create(Device device) {
    FloatMiniLmModel model = new FloatMiniLmModel(MODEL.read(), device);
    return new FloatMiniLmEncoder(new MiniLmTokenizer(TOKENIZER.read()), model);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int dimension() {
    return MiniLmModel.DIMENSION;
  }

  @Override
  public EncodedText encode(String text) {
    return encodeAll(List.of(text)).get(0);
  }

  @Override
  public boolean encodesTogether() {
    return true;
  }

  @Override
  public List<EncodedText> encodeAll(List<String> texts) {
    List<TokenIds> tokens = texts.stream().map(tokenizer::content).toList();
    TreeMap<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      int length = tokens.get(i).ids().length;
      byLength.computeIfAbsent(length, unused -> new ArrayList<>()).add(i);
    }
    EncodedText[] encoded = new EncodedText[texts.size()];
    byLength.forEach(
        (length, positions) -> {
          for (int from = 0; from < positions.size(); from += TEXTS_AT_ONCE) {
            int to = Math.min(positions.size(), from + TEXTS_AT_ONCE);
            encode(tokens, positions.subList(from, to), length, encoded);
          }
        });
    return List.of(encoded);
  }

  private void encode(
      List<TokenIds> tokens, List<Integer> positions, int length, EncodedText[] encoded) {
    List<float[]> vectors =
        model.encode(positions.stream().map(at -> tokens.get(at).ids()).toList(), length);
    for (int i = 0; i < vectors.size(); i++) {
      int at = positions.get(i);
      encoded[at] = new EncodedText(vectors.get(i), length, tokens.get(at).truncated());
    }
  }

  /** No call may be running. */
  @Override
  public void close() {
    tokenizer.close();
    model.close();
  }
}
