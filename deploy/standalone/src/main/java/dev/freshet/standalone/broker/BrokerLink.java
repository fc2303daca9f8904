package dev.freshet.standalone.broker;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The address of a broker, with the settings that every client of it shares. */
public record BrokerLink(String bootstrapServers) {
  // Nobody there is found out soon; somebody who listens may be on a machine that is busy.
  private static final Patience LISTENING_PATIENCE = Patience.ofSeconds(5);
  private static final Patience ANSWER_PATIENCE = Patience.ofSeconds(30);
  private static final int CONNECT_MILLIS = 3_000;

  /** Settings of a client. */
  public Map<String, Object> client() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  /** Of an address that is one, and whose name is known; whether anybody is there shows later. */
  public Admin admin() {
    try {
      return Admin.create(client());
    } catch (KafkaException e) {
      throw unreachable("", e);
    }
  }

  /**
   * This link, if something answers there.
   *
   * @throws CommandFailure with {@link Exit#UNREACHABLE} otherwise
   */
  public BrokerLink requireReachable() {
    return requireReachable(LISTENING_PATIENCE, ANSWER_PATIENCE);
  }

  BrokerLink requireReachable(Patience listening, Patience answer) {
    Admin admin = admin();
    try {
      if (!listening.until(this::somebodyListens)) {
        throw unreachable(listening, null);
      }
      admin.describeCluster().nodes().get(answer.seconds(), TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable(answer, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    } finally {
      // Without a limit it may wait for what was asked, and that for ever.
      admin.close(Duration.ZERO);
    }
  }

  private boolean somebodyListens() {
    return Stream.of(bootstrapServers.split(",")).map(String::strip).anyMatch(BrokerLink::listens);
  }

  private static boolean listens(String address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(Utils.getHost(address), Utils.getPort(address)), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private CommandFailure unreachable(Patience patience, @Nullable Exception cause) {
    return unreachable(" within " + patience.seconds() + " s", cause);
  }

  private CommandFailure unreachable(String when, @Nullable Exception cause) {
    return new CommandFailure(
        Exit.UNREACHABLE,
        String.format(
            "No Kafka broker answers at %s%s. Start one with `freshet up`, or give its address with"
                + " --bootstrap HOST:PORT.",
            bootstrapServers, when),
        cause);
  }
}
