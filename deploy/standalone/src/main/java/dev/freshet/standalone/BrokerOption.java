package dev.freshet.standalone;

import dev.freshet.standalone.broker.BrokerLink;
import picocli.CommandLine.Option;

/** Which broker a command talks to. */
final class BrokerOption {
  static final String DEFAULT = "127.0.0.1:9092";

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = DEFAULT,
      description =
          "A broker to connect to. Default: ${DEFAULT-VALUE}, where `freshet up` listens.")
  private String bootstrap = DEFAULT;

  /** The link, after it was seen to answer. */
  BrokerLink reachable() {
    return new BrokerLink(bootstrap).requireReachable();
  }
}
