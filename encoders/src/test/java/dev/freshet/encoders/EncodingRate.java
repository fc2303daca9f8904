package dev.freshet.encoders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints how many texts a second one thread encodes without a cache. The argument is a file with
 * one text a line. Not a test: it asserts nothing, and the figure belongs to the machine.
 */
final class EncodingRate {
  private static final int ROUNDS = 5;
  private static final int TEXTS_PER_ROUND = 2_000;

  private EncodingRate() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("Expected one argument: a file with one text a line.");
    }
    List<String> texts =
        Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8).stream()
            .filter(line -> !line.isBlank())
            .toList();
    try (MiniLmEncoder encoder = MiniLmEncoder.create()) {
      for (int round = 0; round < ROUNDS; round++) {
        measure(encoder, texts, round * TEXTS_PER_ROUND);
      }
    }
  }

  private static void measure(TextEncoder encoder, List<String> texts, int first) {
    long tokens = 0;
    long startNanos = System.nanoTime();
    for (int i = 0; i < TEXTS_PER_ROUND; i++) {
      tokens += encoder.encode(texts.get((first + i) % texts.size())).tokens();
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "%.0f texts/s on one thread, %.1f tokens a text%n",
        TEXTS_PER_ROUND / seconds, (double) tokens / TEXTS_PER_ROUND);
  }
}
