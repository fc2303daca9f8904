package dev.freshet.encoders;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** MiniLM's word pieces, by DJL's binding of the Hugging Face tokenizer. Thread-safe. */
final class MiniLmTokenizer implements AutoCloseable {
  /** What the model was trained with; more positions exist, but it was never shown them. */
  static final int TOKENS_MAX = 128;

  /** Enough for the longest text the model sees, if it is written in words. */
  private static final int PREFIX_CHARS = 2048;

  static {
    // DJL reads both when its first class loads: it would otherwise look for a newer native on the
    // network and report its use. An explicit setting of the user's is left alone.
    keepOrSet("ai.djl.offline", "true");
    keepOrSet("OPT_OUT_TRACKING", "true");
  }

  private final HuggingFaceTokenizer tokenizer;

  /** The file asks for padding to 128; an unpadded text is what makes its vector its own. */
  MiniLmTokenizer(byte[] tokenizerJson) {
    try {
      this.tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(tokenizerJson),
              Map.of(
                  "padding",
                  "false",
                  "truncation",
                  "true",
                  "maxLength",
                  Integer.toString(TOKENS_MAX),
                  "modelMaxLength",
                  Integer.toString(TOKENS_MAX)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read MiniLM's tokenizer.json.", e);
    }
  }

  /**
   * Of a text that holds something.
   *
   * @throws UnencodableTextException if it does not
   */
  TokenIds content(String text) {
    if (text.isBlank()) {
      throw new UnencodableTextException(
          "Cannot encode a blank text of "
              + text.length()
              + " characters: expected at least one word. Send the text, or leave the record out.");
    }
    TokenIds tokens = tokenize(text);
    if (!tokens.hasContent()) {
      throw new UnencodableTextException(
          "Cannot encode a text of "
              + text.length()
              + " characters: the tokenizer found no token in it, expected at least one. It may"
              + " hold nothing but control characters.");
    }
    return tokens;
  }

  /**
   * Of a long text only the first words count. They are tried alone first: a text of a megabyte
   * would keep the tokenizer busy for seconds.
   */
  TokenIds tokenize(String text) {
    String start = wholeWords(text);
    TokenIds tokens = tokenizeAll(start);
    boolean decided = tokens.truncated() || start.length() == text.length();
    return decided ? tokens : tokenizeAll(text);
  }

  /**
   * The text up to a space near {@link #PREFIX_CHARS}, or all of it. No token reaches over a space,
   * so where the start alone has too many tokens, the whole text begins with the same ones.
   */
  private static String wholeWords(String text) {
    int space = text.length() <= PREFIX_CHARS ? -1 : text.lastIndexOf(' ', PREFIX_CHARS);
    return space < 0 ? text : text.substring(0, space);
  }

  private TokenIds tokenizeAll(String text) {
    Encoding encoding = tokenizer.encode(text, true, true);
    return new TokenIds(encoding.getIds(), encoding.exceedMaxLength());
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static void keepOrSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
