package dev.freshet.standalone;

import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.LogSetup;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Options that mean the same everywhere and may stand anywhere on the line: {@code freshet
 * --bootstrap X send open toys}, {@code freshet send --bootstrap X open toys}, {@code freshet send
 * open toys --bootstrap X}. A command line has one of these; all its commands read it.
 */
final class SharedOptions {
  static final String BOOTSTRAP = "--bootstrap";
  static final String LINEAGE = "--lineage";
  static final String JSON = "--json";
  static final String BOOTSTRAP_DEFAULT = "127.0.0.1:9092";
  static final String LINEAGE_DEFAULT = "categories";

  @Option(
      names = BOOTSTRAP,
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      defaultValue = BOOTSTRAP_DEFAULT,
      description =
          "A broker to connect to. Default: ${DEFAULT-VALUE}, where `freshet up` listens.")
  private String bootstrap = BOOTSTRAP_DEFAULT;

  @Option(
      names = LINEAGE,
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      defaultValue = LINEAGE_DEFAULT,
      description = "The line of meta-models. Default: ${DEFAULT-VALUE}.")
  private String lineage = LINEAGE_DEFAULT;

  @Option(
      names = JSON,
      scope = ScopeType.INHERIT,
      description = "Report as JSON on standard output; whatever else is said goes to the other.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show on standard error what happens inside, and stack traces of failures.")
  void verbose(boolean on) {
    if (on) {
      LogSetup.verbose();
    }
  }

  /** The broker, after it was seen to answer. */
  BrokerLink reachable() {
    return new BrokerLink(bootstrap).requireReachable();
  }

  String bootstrap() {
    return bootstrap;
  }

  String lineage() {
    return lineage;
  }

  boolean json() {
    return json;
  }

  /** Takes options from a command and all beneath it, for which they mean nothing. */
  static void without(CommandLine command, String... names) {
    for (String name : names) {
      command.getCommandSpec().remove(command.getCommandSpec().findOption(name));
    }
    command.getSubcommands().values().forEach(beneath -> without(beneath, names));
  }

  /**
   * Refuses what was given further left and means nothing to the command that is to run: shared
   * options that it has not, and another command's own.
   *
   * @throws ParameterException that names the first such option
   */
  static void requireUnderstood(ParseResult line) {
    List<ParseResult> chain =
        Stream.iterate(line, at -> at != null, ParseResult::subcommand).toList();
    CommandSpec running = chain.get(chain.size() - 1).commandSpec();
    for (ParseResult at : chain) {
      for (String name : List.of(BOOTSTRAP, LINEAGE, JSON)) {
        if (at.hasMatchedOption(name) && running.findOption(name) == null) {
          throw new ParameterException(
              running.commandLine(),
              name + " means nothing to `" + running.qualifiedName() + "`. Leave it out.");
        }
      }
    }
    chain.subList(0, chain.size() - 1).forEach(at -> requireNoneOfItsOwn(at, running));
  }

  private static void requireNoneOfItsOwn(ParseResult at, CommandSpec running) {
    for (OptionSpec option : at.matchedOptions()) {
      if (option.scopeType() != ScopeType.INHERIT) {
        throw new ParameterException(
            running.commandLine(),
            String.format(
                "%s stands before the command it is for: write it behind `%s`, if that has it.",
                option.longestName(), running.qualifiedName()));
      }
    }
  }
}
