package dev.freshet.standalone.readerdemo;

import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.stack.LocalStack;
import java.util.List;
import java.util.Locale;

/** What the demo of readers says in words. */
public final class ReaderReport {
  private final Console console;

  public ReaderReport(Console console) {
    this.console = console;
  }

  public void introduce(ReaderDemo demo, LocalStack stack) {
    console.note(
        String.format(
            Locale.ROOT,
            "%s%s: %,d new users give %,d ratings, %,d questions; Kafka at %s, Flink's web UI at %s",
            demo.source().name(),
            demo.source().simulation() ? " (nobody in it ever lived)" : "",
            demo.users(),
            demo.ratings(),
            demo.questions(),
            stack.broker().bootstrapServers(),
            stack.webUi()));
  }

  public void summarise(ReaderDocument document) {
    ReaderTable.lines(document.rowsByEvents()).forEach(console::result);
    console.result("");
    List<String> differences = ReaderTable.differences(document.rowsByEvents());
    differences.forEach(console::result);
    if (!differences.isEmpty()) {
      console.result("");
    }
    console.result(document.inWords());
    console.result(
        String.format(
            Locale.ROOT,
            "from query to answer, by the broker's clock: a number %d ms (median), %d ms (99 of"
                + " 100); the best items %d ms, %d ms",
            document.numberLatencyMillis().p50(),
            document.numberLatencyMillis().p99(),
            document.orderLatencyMillis().p50(),
            document.orderLatencyMillis().p99()));
    Double newItem = document.newItemSecondsMax();
    if (newItem != null) {
      console.result(
          String.format(
              Locale.ROOT,
              "a new item was answered at most %.2f s after its event (%d tried)",
              newItem,
              document.newItems()));
    }
    console.result(
        String.format(
            "release %s/%s on %s; %s%s",
            document.lineage(),
            document.release(),
            document.engine(),
            document.source(),
            document.simulation()
                ? ": a simulation, its figures say nothing of anybody's real users"
                : ""));
  }
}
