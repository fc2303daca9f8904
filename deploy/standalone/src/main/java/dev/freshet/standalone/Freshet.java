package dev.freshet.standalone;

import dev.freshet.standalone.console.Console;

/** The process behind the launcher {@code freshet}. Only wires. */
public final class Freshet {
  private Freshet() {}

  public static void main(String[] arguments) {
    int status = FreshetCommand.line(Console.system()).execute(arguments);
    // Threads of Kafka or Flink that still end must not keep the command from ending.
    System.exit(status);
  }
}
