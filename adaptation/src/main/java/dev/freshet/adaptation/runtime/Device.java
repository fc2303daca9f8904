package dev.freshet.adaptation.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a user asks for; {@link Engine} is what then really runs. */
public enum Device {
  /** The CPU, always there. */
  CPU,
  /** The GPU, or a failure that says why not. */
  CUDA,
  /** The GPU where it loads, else the CPU, with one warning that says why. */
  AUTO;

  /** Reads {@code cpu}, {@code cuda} or {@code auto}, in any case. */
  public static Device parse(String text) {
    for (Device device : values()) {
      if (device.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return device;
      }
    }
    String choices =
        Arrays.stream(values()).map(Device::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "Unknown device '" + text + "': expected one of " + choices + ".");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
