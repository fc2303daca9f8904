package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.LogSetup;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

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
      "`freshet COMMAND --help` tells more of each command, with examples."
    })
final class FreshetCommand {
  private static final Logger log = LoggerFactory.getLogger(FreshetCommand.class);

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show on standard error what happens inside, and stack traces of failures.")
  void verbose(boolean on) {
    if (on) {
      LogSetup.verbose();
    }
  }

  /** The whole command line, ready to execute. */
  static CommandLine line(Console console) {
    CommandLine line = new CommandLine(new FreshetCommand());
    line.addSubcommand(new UpCommand(console));
    line.addSubcommand(new DemoCommand(console));
    line.addSubcommand(SendCommand.line(console));
    line.addSubcommand(new QueryCommand(console));
    line.addSubcommand(new TailCommand(console));
    line.addSubcommand(TaskCommand.line(console));
    line.addSubcommand(ReleasesCommand.line(console));
    line.addSubcommand(new LoadCommand(console));
    line.addSubcommand(new BrokerCommand());
    line.setExitCodeExceptionMapper(FreshetCommand::status);
    line.setExecutionExceptionHandler((e, at, parsed) -> failed(console, e));
    line.setParameterExceptionHandler((e, arguments) -> misused(console, e));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    explainExits(line);
    return line;
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
    console.note("freshet: " + e.getMessage());
    log.info("Failed", e);
    if (!(e instanceof CommandFailure)) {
      console.note("freshet: " + e + ". This was not foreseen; --verbose shows where it happened.");
    }
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
