package dev.freshet.encoders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file on the class path whose bytes are part of the encoder's id. With other bytes it would be
 * another encoder under the same name, and vectors already in state would no longer fit.
 */
record PinnedResource(String path, String sha256) {

  boolean isThere() {
    return PinnedResource.class.getResource(path) != null;
  }

  byte[] read() {
    byte[] bytes = bytes();
    String found = HexFormat.of().formatHex(newDigest().digest(bytes));
    if (!found.equals(sha256)) {
      throw new IllegalStateException(
          "The encoder's file "
              + path
              + " on the class path is not the one its id stands for: expected SHA-256 "
              + sha256
              + ", got "
              + found
              + ". Restore the pinned artifact, or give the new file a new encoder id.");
    }
    return bytes;
  }

  private byte[] bytes() {
    try (InputStream in = PinnedResource.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "The encoder's file "
                + path
                + " is not on the class path. Add the artifact that brings it (see"
                + " encoders/pom.xml).");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the encoder's file " + path + ".", e);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }
}
