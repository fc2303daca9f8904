package dev.freshet.encoders;

/** A text that has no vector: blank, or without a single token. The input is at fault, not us. */
public final class UnencodableTextException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public UnencodableTextException(String message) {
    super(message);
  }
}
