package dev.freshet.encoders;

/**
 * Sentence vectors by all-MiniLM-L6-v2, quantised to 8 bits: 384 numbers of unit length, the mean
 * over all tokens (Reimers and Gurevych 2019; Wang et al. 2020). A text is cut at 128 tokens, and
 * the answer says so.
 *
 * <p>Thread-safe; each call uses one core. One encoder a process is enough: it holds the model once
 * and 200 KB for every thread that was inside at the same time.
 *
 * <p>DJL is told to stay off the network: where the system properties {@code ai.djl.offline} and
 * {@code OPT_OUT_TRACKING} are not set, this class sets both to true before DJL starts. A program
 * that uses DJL before this class should set them itself.
 */
public final class MiniLmEncoder implements TextEncoder {
  /** The encoder's id, which stands for the bytes of its two files and its way of pooling. */
  public static final String ID = "all-minilm-l6-v2-q";

  private static final PinnedResource MODEL =
      new PinnedResource(
          "/all-minilm-l6-v2-q.onnx",
          "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");
  private static final PinnedResource TOKENIZER =
      new PinnedResource(
          "/all-minilm-l6-v2-q-tokenizer.json",
          "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");

  private final MiniLmTokenizer tokenizer;
  private final MiniLmModel model;

  private MiniLmEncoder(MiniLmTokenizer tokenizer, MiniLmModel model) {
    this.tokenizer = tokenizer;
    this.model = model;
  }

  /** Loads the model and the tokenizer from the class path. */
  public static MiniLmEncoder create() {
    return new MiniLmEncoder(new MiniLmTokenizer(TOKENIZER.read()), new MiniLmModel(MODEL.read()));
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
    TokenIds tokens = tokenizer.content(text);
    return new EncodedText(model.encode(tokens.ids()), tokens.ids().length, tokens.truncated());
  }

  /** No call may be running. */
  @Override
  public void close() {
    tokenizer.close();
    model.close();
  }
}
