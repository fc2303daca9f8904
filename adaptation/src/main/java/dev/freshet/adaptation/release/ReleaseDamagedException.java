package dev.freshet.adaptation.release;

/**
 * A release that must not be served: damaged, incomplete, swapped or not what its graphs need. The
 * message says which file, what was expected and got, and what to do. Unchecked, because it also
 * crosses streams and futures; whoever activates a release catches it and keeps the one before.
 */
public final class ReleaseDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReleaseDamagedException(String message) {
    super(message);
  }

  public ReleaseDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
