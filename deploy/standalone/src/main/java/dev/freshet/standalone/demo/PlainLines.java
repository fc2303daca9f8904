package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.Console;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line now and then; for pipes and logs. */
final class PlainLines implements ProgressView {
  private static final double SECONDS_BETWEEN = 5;

  private final Console console;
  private double nextSeconds;

  PlainLines(Console console) {
    this.console = console;
  }

  @Override
  public void show(Moment moment) {
    if (moment.seconds() < nextSeconds) {
      return;
    }
    nextSeconds = moment.seconds() + SECONDS_BETWEEN;
    String accuracy =
        moment.accuracy().stream()
            .filter(row -> row.shots() == 0 || row.shots() == 1 || row.shots() % 5 == 0)
            .map(r -> String.format(Locale.ROOT, "%d: %.0f %%", r.shots(), 100 * r.adapted()))
            .collect(Collectors.joining(", "));
    console.note(
        String.format(
            Locale.ROOT,
            "%4.0f s  %,d queries asked, %,d answered%s",
            moment.seconds(),
            moment.asked(),
            moment.answered(),
            accuracy.isEmpty() ? "" : "; adapted, by shots: " + accuracy));
  }

  @Override
  public void close() {}
}
