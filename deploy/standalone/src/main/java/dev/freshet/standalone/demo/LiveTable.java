package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table, drawn over itself; for terminals. */
final class LiveTable implements ProgressView {
  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

  private final Console console;
  private int drawn;

  LiveTable(Console console) {
    this.console = console;
  }

  @Override
  public void show(Moment moment) {
    List<String> lines = new ArrayList<>(moment.table());
    lines.add(
        String.format(
            Locale.ROOT,
            " %.0f s · %,d queries asked, %,d answered · Ctrl-C to stop",
            moment.seconds(),
            moment.asked(),
            moment.answered()));
    String redraw = drawn == 0 ? "" : String.format(UP_AND_CLEAR, drawn);
    console.raw(redraw + String.join("\n", lines) + "\n");
    drawn = lines.size();
  }

  /** The summary takes its place. */
  @Override
  public void close() {
    if (drawn > 0) {
      console.raw(String.format(UP_AND_CLEAR, drawn));
    }
  }
}
