package dev.freshet.standalone.console;

import java.util.Locale;

/** Bars made of characters. */
public final class BarChart {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private BarChart() {}

  /** A bar for a value of 0 to 1, exactly {@code width} characters long. */
  public static String bar(double value, int width) {
    double clamped = Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value));
    int eighths = (int) Math.round(clamped * width * 8);
    StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
    if (bar.length() < width) {
      bar.append(EIGHTHS.charAt(eighths % 8));
    }
    return bar + " ".repeat(width - bar.length());
  }

  /** {@code 87.5 %}, seven characters; a dash where nothing was measured. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "      –" : String.format(Locale.ROOT, "%5.1f %%", 100 * share);
  }
}
