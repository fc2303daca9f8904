package dev.freshet.standalone;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.log.JsonText;
import dev.freshet.standalone.log.RecordText;
import dev.freshet.standalone.story.TaskStory;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code freshet task}: what the log says of one task. */
final class TaskCommand {
  private TaskCommand() {}

  static CommandLine line(Console console, SharedOptions shared) {
    return new CommandLine(new Door()).addSubcommand(new Show(console, shared));
  }

  /** {@code freshet task} itself. */
  @Command(
      name = "task",
      mixinStandardHelpOptions = true,
      header = "Show what is in force of a task.",
      synopsisSubcommandLabel = "ACTION",
      footerHeading = "%nExample:%n",
      footer = {
        "  freshet task show toys",
        "  freshet task show ann --lineage readers",
        "",
        "With --json: lineage, task, opened, segment, parent, events, queries, outcomes, labels,",
        "examples, lastPrediction.",
        "Exit status: 0 shown, 1 no such task, 2 wrong options, 3 no broker."
      })
  static final class Door {}

  /** {@code freshet task show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Fold a task's log: its labels, the examples in force, the last answer.")
  static final class Show implements Runnable {
    private final Console console;
    private final SharedOptions shared;

    @Parameters(index = "0", paramLabel = "TASK", description = "Name of the task.")
    private String task = "";

    Show(Console console, SharedOptions shared) {
      this.console = console;
      this.shared = shared;
    }

    @Override
    public void run() {
      TaskKey key = Input.checked(() -> new TaskKey(shared.lineage(), task));
      TaskStory story = TaskStory.read(shared.reachable(), key);
      if (!story.isKnown()) {
        throw new CommandFailure(
            Exit.FAILED,
            "The log knows no task '"
                + key
                + "'. `freshet tail --topic events --from-beginning`"
                + " shows what it knows.");
      }
      if (shared.json()) {
        console.document(document(key, story));
      } else {
        print(key, story);
      }
    }

    private static Map<String, Object> document(TaskKey key, TaskStory story) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("lineage", key.lineage());
      document.put("task", key.task());
      document.put("opened", story.opened());
      document.put("segment", story.isSegment());
      story.parent().ifPresent(parent -> document.put("parent", parent));
      document.put("events", story.events());
      document.put("queries", story.queries());
      document.put("outcomes", story.outcomes());
      document.put("labels", story.labels());
      document.put("examples", story.examples());
      story
          .lastPrediction()
          .ifPresent(
              last ->
                  document.put(
                      "lastPrediction", JsonText.parse(RecordCodec.predictions().toJson(last))));
      return document;
    }

    private void print(TaskKey key, TaskStory story) {
      console.result(
          String.format(
              "%s%s · %s, %s, %s",
              key,
              story.opened() ? "" : " (not open)",
              RecordText.counted(story.events(), "event", "events"),
              RecordText.counted(story.queries(), "query", "queries"),
              RecordText.counted(story.outcomes(), "outcome", "outcomes")));
      if (story.isSegment()) {
        console.result("a segment: other tasks may start from it");
      }
      story.parent().ifPresent(parent -> console.result("started from segment " + parent));
      if (!story.labels().isEmpty()) {
        printLabels(story);
      }
      console.result(
          story.examples().isEmpty() ? "no example in force" : "examples in force, oldest first");
      story
          .examples()
          .forEach(
              kept ->
                  console.result(
                      String.format("  %-16s %-20s %s", kept.id(), kept.target(), kept.text())));
      story.lastPrediction().ifPresent(this::print);
    }

    private void printLabels(TaskStory story) {
      console.result("labels, in the order in which they joined");
      story
          .labels()
          .forEach(
              label ->
                  console.result(
                      String.format(
                          "  %-20s %-30s %s",
                          label.id(),
                          label.name(),
                          RecordText.counted(label.examples(), "example", "examples"))));
    }

    private void print(Prediction last) {
      console.result("last answer");
      console.result("  " + RecordText.line(last));
      console.result(
          "  asked at "
              + last.partition()
              + "@"
              + last.offset()
              + ", support digest "
              + last.supportDigest());
    }
  }
}
