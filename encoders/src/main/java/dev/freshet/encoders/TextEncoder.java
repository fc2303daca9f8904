package dev.freshet.encoders;

import java.util.List;

/** Maps a text to a vector. Implementations are thread-safe, and equal texts give equal bits. */
public interface TextEncoder extends AutoCloseable {

  /**
   * Names the encoder's bytes: two encoders of one id give the same vectors. It is stored beside
   * every vector, so it must change whenever the vectors do.
   */
  String id();

  /** Length of every vector. */
  int dimension();

  /**
   * Encodes one text.
   *
   * @throws UnencodableTextException if the text holds nothing to encode
   */
  EncodedText encode(String text);

  /**
   * The same of several, in their order.
   *
   * @throws UnencodableTextException if one of them holds nothing to encode
   */
  default List<EncodedText> encodeAll(List<String> texts) {
    return texts.stream().map(this::encode).toList();
  }

  /** Whether {@link #encodeAll} is quicker than one thread a text. */
  default boolean encodesTogether() {
    return false;
  }

  @Override
  void close();
}
