package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** {@code freshet}: the door to all commands, their errors and their exit statuses. */
@Command(
    name = "freshet",
    mixinStandardHelpOptions = true,
    version = "freshet 0.1.0",
    header = "Models that learn a new task while the stream flows.",
    description = {
      "",
      "A task is a handful of labels that somebody has just made up. Tell Freshet their names and"
          + " a few examples on a Kafka topic, and every question is answered by a model adapted"
          + " to exactly those examples.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  freshet demo --once          see it adapt, in a minute, with nothing left behind",
      "  freshet up                   start it here, then in another terminal:",
      "  freshet send open toys --label cars=\"toy cars\" --label dolls",
      "  freshet query toys \"Die-cast racing car\"",
      "",
      "Options may stand before or after the command's name. `freshet COMMAND --help` tells more of",
      "each command, with examples and the fields of its JSON."
    })
final class FreshetCommand {
  private static final Logger log = LoggerFactory.getLogger(FreshetCommand.class);

  @Mixin private final SharedOptions shared = new SharedOptions();

  SharedOptions shared() {
    return shared;
  }

  /** The whole command line, ready to execute. */
  static CommandLine line(Console console) {
    FreshetCommand door = new FreshetCommand();
    CommandLine line = new CommandLine(door);
    line.addSubcommand(new UpCommand(console, door.shared));
    line.addSubcommand(DemoCommand.line(console, door.shared));
    line.addSubcommand(SendCommand.line(console, door.shared));
    line.addSubcommand(new QueryCommand(console, door.shared));
    line.addSubcommand(new TailCommand(console, door.shared));
    line.addSubcommand(TaskCommand.line(console, door.shared));
    line.addSubcommand(ReleasesCommand.line(console, door.shared));
    line.addSubcommand(new TrainCommand(console, door.shared));
    line.addSubcommand(new RefreshCommand(console, door.shared));
    line.addSubcommand(new TrainerCommand(console, door.shared));
    line.addSubcommand(new EvaluateCommand(console, door.shared));
    line.addSubcommand(LoadCommand.line(console, door.shared));
    line.addSubcommand(BenchCommand.line(console, door.shared));
    line.addSubcommand(new BrokerCommand());
    leaveOutWhatMeansNothing(line);
    line.setExecutionStrategy(FreshetCommand::run);
    line.setExitCodeExceptionMapper(FreshetCommand::status);
    line.setExecutionExceptionHandler((e, at, parsed) -> failed(console, e));
    line.setParameterExceptionHandler((e, arguments) -> misused(console, e));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    explainExits(line);
    return line;
  }

  private static void leaveOutWhatMeansNothing(CommandLine line) {
    for (String ownBroker : List.of("up", "demo", "load", "bench")) {
      SharedOptions.without(
          command(line, ownBroker), SharedOptions.BOOTSTRAP, SharedOptions.LINEAGE);
    }
    SharedOptions.without(
        command(line, "broker"),
        SharedOptions.BOOTSTRAP,
        SharedOptions.LINEAGE,
        SharedOptions.JSON);
    SharedOptions.without(command(line, "load", "job"), SharedOptions.JSON);
    SharedOptions.without(command(line, "train"), SharedOptions.BOOTSTRAP);
    SharedOptions.without(command(line, "evaluate"), SharedOptions.BOOTSTRAP);
    SharedOptions.without(command(line, "tail"), SharedOptions.LINEAGE);
    SharedOptions.without(command(line, "send", "raw"), SharedOptions.LINEAGE);
    SharedOptions.without(command(line, "releases", "list"), SharedOptions.LINEAGE);
    SharedOptions.without(command(line, "releases", "show"), SharedOptions.BOOTSTRAP);
    SharedOptions.without(command(line, "releases", "verify"), SharedOptions.BOOTSTRAP);
  }

  private static CommandLine command(CommandLine line, String... path) {
    CommandLine at = line;
    for (String name : path) {
      at = Objects.requireNonNull(at.getSubcommands().get(name), name);
    }
    return at;
  }

  private static int run(ParseResult line) {
    SharedOptions.requireUnderstood(line);
    return new RunLast().execute(line);
  }

  private static void explainExits(CommandLine line) {
    Map<String, String> meanings = new LinkedHashMap<>();
    Arrays.stream(Exit.values()).forEach(exit -> meanings.put(" " + exit.status(), exit.meaning()));
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit status:%n");
    line.getCommandSpec().usageMessage().exitCodeList(meanings);
    line.getSubcommands().values().forEach(FreshetCommand::adjustWidth);
    adjustWidth(line);
  }

  private static void adjustWidth(CommandLine line) {
    line.setUsageHelpWidth(100);
    line.getSubcommands().values().forEach(FreshetCommand::adjustWidth);
  }

  private static int failed(Console console, Exception e) {
    log.info("Failed", e);
    console.note(
        "freshet: "
            + (e instanceof CommandFailure
                ? e.getMessage()
                : e + ". This was not foreseen; --verbose shows where it happened."));
    return status(e);
  }

  private static int status(Throwable e) {
    return e instanceof CommandFailure failure ? failure.exit().status() : Exit.FAILED.status();
  }

  private static int misused(Console console, ParameterException e) {
    console.note("freshet: " + e.getMessage());
    console.note(
        "Try `" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help` for examples.");
    return Exit.USAGE.status();
  }
}
