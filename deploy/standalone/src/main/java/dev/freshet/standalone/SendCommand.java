package dev.freshet.standalone;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.JsonText;
import dev.freshet.standalone.log.RecordText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet send}: events by hand. */
final class SendCommand {
  private SendCommand() {}

  static CommandLine line(Console console, SharedOptions shared) {
    return new CommandLine(new Door())
        .addSubcommand(new Open(console, shared))
        .addSubcommand(new LabelJoins(console, shared))
        .addSubcommand(new Example(console, shared))
        .addSubcommand(new Retract(console, shared))
        .addSubcommand(new Outcome(console, shared))
        .addSubcommand(new Close(console, shared))
        .addSubcommand(new SendItemCommand(console, shared))
        .addSubcommand(new SendRawCommand(console, shared));
  }

  /** {@code freshet send} itself. */
  @Command(
      name = "send",
      mixinStandardHelpOptions = true,
      header = "Say something of a task, or of an item.",
      synopsisSubcommandLabel = "EVENT",
      footerHeading = "%nExamples:%n",
      footer = {
        "  freshet send open toys --label cars=\"toy cars\" --label dolls",
        "  freshet send label toys trains=\"wooden trains\"",
        "  freshet send example toys --label cars \"Die-cast racing car\"",
        "  freshet send retract toys e-7k3mq2n",
        "  freshet send outcome toys q-04xw91c --label cars",
        "  freshet send close toys",
        "  freshet send example ann --item i00042 --value 5 --lineage readers",
        "  freshet send item i90001 --attribute genre:3 --lineage readers",
        "  freshet send raw < events.jsonl",
        "",
        "With --json: topic, partition, offset, event; of raw: sent, refused.",
        "Exit status: 0 in the log, 1 refused, 2 wrong options, 3 no broker."
      })
  static final class Door {}

  /** What every event needs: a broker, a lineage, a task. */
  abstract static class OneEvent implements Runnable {
    private final Console console;
    private final SharedOptions shared;

    @Parameters(index = "0", paramLabel = "TASK", description = "Name of the task.")
    private String task = "";

    OneEvent(Console console, SharedOptions shared) {
      this.console = console;
      this.shared = shared;
    }

    abstract TaskEvent.OfTask event(String lineage, String task);

    @Override
    public final void run() {
      TaskEvent.OfTask event = Input.checked(() -> event(shared.lineage(), task));
      send(event, console, shared);
    }
  }

  /** Appends an event and says where. */
  static void send(TaskEvent event, Console console, SharedOptions shared) {
    RecordMetadata at;
    try (EventWriter writer = new EventWriter(shared.reachable())) {
      at = writer.appendNow(event);
    }
    if (shared.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("topic", at.topic());
      document.put("partition", at.partition());
      document.put("offset", at.offset());
      document.put("event", JsonText.parse(new TaskEventCodec().toJson(event)));
      console.document(document);
    } else {
      console.result(RecordText.line(event) + "  (" + at.partition() + "@" + at.offset() + ")");
    }
  }

  static Label label(String text) {
    int split = text.indexOf('=');
    String id = split < 0 ? text : text.substring(0, split);
    String name = split < 0 ? text : text.substring(split + 1);
    return new Label(id.strip(), name.strip());
  }

  /** {@code freshet send open}. */
  @Command(
      name = "open",
      mixinStandardHelpOptions = true,
      description = {
        "Open a task. Its labels' names alone let it answer; a user's task may start from a segment:"
            + " a task that many users feed, opened with --segment and given examples before."
      })
  static final class Open extends OneEvent {
    @Option(
        names = "--label",
        paramLabel = "ID[=NAME]",
        description = "A label and what people call it. Repeat for more.")
    private List<String> labels = new ArrayList<>();

    @Option(
        names = "--examples-per-label-max",
        paramLabel = "N",
        description = "Keep at most so many examples a label. Default: 64.")
    private Optional<Integer> perLabelMax = Optional.empty();

    @Option(names = "--learn-from-outcomes", description = "Outcomes of queries become examples.")
    private boolean learnFromOutcomes;

    @Option(
        names = "--parent",
        paramLabel = "SEGMENT",
        description = "Start from what this segment says at this moment.")
    private Optional<String> parent = Optional.empty();

    @Option(names = "--segment", description = "Other tasks may name this one as their parent.")
    private boolean segment;

    Open(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    TaskEvent.OfTask event(String lineage, String task) {
      List<Label> parsed = labels.stream().map(SendCommand::label).toList();
      return new TaskOpened(lineage, task, parsed, policy(), parent, segment);
    }

    private Optional<SupportPolicy> policy() {
      if (perLabelMax.isEmpty() && !learnFromOutcomes) {
        return Optional.empty();
      }
      SupportPolicy policy = SupportPolicy.DEFAULT;
      if (perLabelMax.isPresent()) {
        policy = policy.withExamplesMax(perLabelMax.get(), policy.examplesPerTaskMax());
      }
      return Optional.of(learnFromOutcomes ? policy.withOutcomesAsExamples() : policy);
    }
  }

  /** {@code freshet send label}. */
  @Command(
      name = "label",
      mixinStandardHelpOptions = true,
      description = "Labels join an open task, or get new names.")
  static final class LabelJoins extends OneEvent {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID[=NAME]")
    private List<String> labels = new ArrayList<>();

    LabelJoins(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    TaskEvent.OfTask event(String lineage, String task) {
      return new TaskOpened(lineage, task, labels.stream().map(SendCommand::label).toList());
    }
  }

  /** {@code freshet send example}. */
  @Command(
      name = "example",
      mixinStandardHelpOptions = true,
      description = "Teach a task: a text and its label, or an item and its number.")
  static final class Example extends OneEvent {
    @Mixin private final TruthOptions truth = new TruthOptions();

    @Option(
        names = "--item",
        paramLabel = "ITEM",
        description = "The item that --value is said of; in place of TEXT.")
    private Optional<String> item = Optional.empty();

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "By which it can be retracted. Made up if not given.")
    private String id = Ids.next("e");

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "What it says.")
    private Optional<String> text = Optional.empty();

    Example(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    TaskEvent.OfTask event(String lineage, String task) {
      return new ExampleAdded(lineage, task, id, features(), truth.target());
    }

    private Features features() {
      if (item.isPresent() == text.isPresent()) {
        throw new IllegalArgumentException(
            "An example has a TEXT or an --item, got "
                + (item.isPresent() ? "both" : "neither")
                + ". Give TEXT with --label, or --item with --value.");
      }
      if (text.isPresent() && text.get().isBlank()) {
        throw new IllegalArgumentException("TEXT is empty, expected what the example says");
      }
      return item.isPresent()
          ? new Features.ItemFeatures(item.get())
          : new Features.TextFeatures(text.orElseThrow());
    }
  }

  /** {@code freshet send retract}. */
  @Command(
      name = "retract",
      mixinStandardHelpOptions = true,
      description = "Forget an example, exactly.")
  static final class Retract extends OneEvent {
    @Parameters(index = "1", paramLabel = "EXAMPLE", description = "Id of the example.")
    private String example = "";

    Retract(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    TaskEvent.OfTask event(String lineage, String task) {
      return new ExampleRetracted(lineage, task, example);
    }
  }

  /** {@code freshet send outcome}. */
  @Command(
      name = "outcome",
      mixinStandardHelpOptions = true,
      description = {
        "Tell the truth about an earlier query. The scoreboard judges by it, and in a task that learns"
            + " from outcomes it becomes an example."
      })
  static final class Outcome extends OneEvent {
    @Parameters(index = "1", paramLabel = "QUERY", description = "Id of the query.")
    private String query = "";

    @Mixin private final TruthOptions truth = new TruthOptions();

    @Option(
        names = "--item",
        paramLabel = "ITEM",
        description = "Which item it is about, where the query ranked several.")
    private Optional<String> item = Optional.empty();

    Outcome(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    TaskEvent.OfTask event(String lineage, String task) {
      return new OutcomeObserved(lineage, task, query, truth.target(), item);
    }
  }

  /** {@code freshet send close}. */
  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      description = "Forget a task and everything said of it.")
  static final class Close extends OneEvent {
    Close(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    TaskEvent.OfTask event(String lineage, String task) {
      return new TaskClosed(lineage, task);
    }
  }
}
