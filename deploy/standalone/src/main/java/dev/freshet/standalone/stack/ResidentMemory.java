package dev.freshet.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory processes have held at most, where the system tells (Linux). */
public final class ResidentMemory {
  private static final String PEAK = "VmHWM:";

  private ResidentMemory() {}

  /** The sum of the processes' peaks in MiB; empty where one is not known. */
  public static OptionalLong peakMib(long... processes) {
    long kib = 0;
    for (long process : processes) {
      OptionalLong peak = peakKib(process);
      if (peak.isEmpty()) {
        return OptionalLong.empty();
      }
      kib += peak.getAsLong();
    }
    return OptionalLong.of(kib / 1024);
  }

  private static OptionalLong peakKib(long process) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
