package dev.freshet.encoders;

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

  @Override
  void close();
}
