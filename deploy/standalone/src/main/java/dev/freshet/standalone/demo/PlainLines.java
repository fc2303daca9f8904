package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.Console;
import java.util.Locale;

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
    console.note(
        String.format(
            Locale.ROOT,
            "%4.0f s  %,d queries asked, %,d answered%s",
            moment.seconds(),
            moment.asked(),
            moment.answered(),
            moment.brief().isEmpty() ? "" : "; " + moment.brief()));
  }

  @Override
  public void close() {}
}
