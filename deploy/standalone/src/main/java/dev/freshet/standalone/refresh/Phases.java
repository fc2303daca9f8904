package dev.freshet.standalone.refresh;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long each phase of a refresh took. */
final class Phases {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long last = start;

  void end(String phase) {
    long now = System.nanoTime();
    seconds.put(phase, rounded(now - last));
    last = now;
  }

  /** By phase, and the total. */
  Map<String, Double> seconds() {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    all.put("total", rounded(System.nanoTime() - start));
    return all;
  }

  private static double rounded(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }
}
