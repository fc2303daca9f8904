package dev.freshet.standalone.broker;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** The address of a broker, with the settings that every client of it shares. */
public record BrokerLink(String bootstrapServers) {
  private static final int PATIENCE_SECONDS = 5;

  /** Settings of a client. */
  public Map<String, Object> client() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  public Admin admin() {
    try {
      return Admin.create(client());
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /**
   * This link, if something answers there.
   *
   * @throws CommandFailure with {@link Exit#UNREACHABLE} otherwise
   */
  public BrokerLink requireReachable() {
    try (Admin admin = impatientAdmin()) {
      admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  /** Closing waits for what was asked, so that must have a limit too. */
  private Admin impatientAdmin() {
    Map<String, Object> settings = new HashMap<>(client());
    settings.put("default.api.timeout.ms", PATIENCE_SECONDS * 1000);
    settings.put("request.timeout.ms", PATIENCE_SECONDS * 1000);
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private CommandFailure unreachable(Exception cause) {
    return new CommandFailure(
        Exit.UNREACHABLE,
        String.format(
            "No Kafka broker answers at %s within %d s. Start one with `freshet up`, or give its"
                + " address with --bootstrap HOST:PORT.",
            bootstrapServers, PATIENCE_SECONDS),
        cause);
  }
}
