package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.Console;
import java.util.List;
import java.util.OptionalLong;

/** Shows how a demo goes. */
public interface ProgressView extends AutoCloseable {
  /**
   * A moment of a demo.
   *
   * @param table of figures so far, in lines
   * @param brief the same in a few words; empty where nothing is known yet
   */
  record Moment(double seconds, long asked, long answered, List<String> table, String brief) {
    public Moment {
      table = List.copyOf(table);
    }
  }

  /** Where progress is shown. */
  enum Display {
    /** A table drawn over itself on standard output. */
    TABLE,
    /** A bar on standard error. */
    BAR,
    /** Lines on standard error. */
    LINES
  }

  /**
   * One of them.
   *
   * @param queries of the whole stream; empty where it has no end
   */
  static ProgressView of(Display display, Console console, OptionalLong queries) {
    return switch (display) {
      case TABLE -> new LiveTable(console);
      case BAR ->
          queries.isPresent()
              ? new QueryBar(console, queries.getAsLong())
              : new PlainLines(console);
      case LINES -> new PlainLines(console);
    };
  }

  void show(Moment moment);

  @Override
  void close();
}
