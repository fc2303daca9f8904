package dev.freshet.standalone;

import dev.freshet.standalone.broker.BrokerHost;
import dev.freshet.standalone.console.LogSetup;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What `up` and `demo` start as a child process. */
@Command(
    name = "broker",
    hidden = true,
    description = "Runs the embedded broker until standard input closes.")
final class BrokerCommand implements Runnable {
  @Option(names = "--directory", required = true)
  private Path directory = Path.of("");

  @Option(names = "--port", required = true)
  private int port;

  @Option(names = "--log-file", required = true)
  private Path logFile = Path.of("");

  @Override
  public void run() {
    LogSetup.toFile(logFile);
    new BrokerHost(directory, port).run(System.in, System.out);
  }
}
