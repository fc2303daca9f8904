package dev.freshet.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka itself (KRaft: broker and controller in one) in this JVM, on loopback. Its directory
 * survives restarts; it is formatted only when it never was.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String CONTROLLER = "CONTROLLER";
  private static final int NODE = 1;
  private static final int ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts and returns when clients can connect.
   *
   * @param port to listen on; 0 for any free one
   */
  public static EmbeddedBroker start(Path directory, int port) {
    return start(directory, port, FreePort::find);
  }

  /**
   * A port that was free a moment ago may be somebody's by now. What was chosen here is then chosen
   * anew; what was asked for is not.
   */
  static EmbeddedBroker start(Path directory, int port, IntSupplier freePorts) {
    format(directory);
    for (int attempt = 1; ; attempt++) {
      int controllerPort = otherThan(port, freePorts);
      int listening = port == 0 ? otherThan(controllerPort, freePorts) : port;
      try {
        return new EmbeddedBroker(
            running(settings(directory, listening, controllerPort)), listening);
      } catch (BrokerStartException e) {
        boolean ownChoice = port == 0 || FreePort.isFree(port);
        if (!e.isAddressInUse() || !ownChoice || attempt == ATTEMPTS) {
          throw e;
        }
        log.info("Port {} or {} was taken meanwhile; trying others", listening, controllerPort);
      }
    }
  }

  /** What was free twice a moment ago may be the same port twice. */
  private static int otherThan(int taken, IntSupplier freePorts) {
    int port = freePorts.getAsInt();
    while (port == taken) {
      port = freePorts.getAsInt();
    }
    return port;
  }

  private static KafkaRaftServer running(Map<String, Object> settings) {
    try {
      return SparedProcess.during(() -> started(new KafkaConfig(settings, false)));
    } catch (RuntimeException e) {
      throw new BrokerStartException(
          "The broker did not start on " + settings.get("listeners") + ": " + rootCause(e), e);
    }
  }

  private static KafkaRaftServer started(KafkaConfig config) {
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    try {
      Files.createDirectories(directory);
      new Formatter()
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER)
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .setPrintStream(new PrintStream(report, true, StandardCharsets.UTF_8))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the broker's directory " + directory, e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "Cannot format the broker's directory "
              + directory
              + ": "
              + report.toString(StandardCharsets.UTF_8),
          e);
    }
  }

  private static Map<String, Object> settings(Path directory, int port, int controllerPort) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", NODE);
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dir", directory.toString());
    settings.put("auto.create.topics.enable", false);
    settings.putAll(oneReplica());
    settings.putAll(small());
    // Kafka parses text into each setting's own type; a number must have that type already.
    settings.replaceAll((key, value) -> value.toString());
    return settings;
  }

  private static Map<String, Object> oneReplica() {
    return Map.of(
        "offsets.topic.replication.factor", 1,
        "offsets.topic.num.partitions", 3,
        "transaction.state.log.replication.factor", 1,
        "transaction.state.log.min.isr", 1,
        "transaction.state.log.num.partitions", 3,
        "share.coordinator.state.topic.replication.factor", 1,
        "share.coordinator.state.topic.min.isr", 1,
        "share.coordinator.state.topic.num.partitions", 1);
  }

  private static Map<String, Object> small() {
    return Map.of(
        // A job names a new transactional id at every attempt; they are to be forgotten soon.
        "transactional.id.expiration.ms", 3_600_000,
        "transaction.max.timeout.ms", 900_000,
        "group.initial.rebalance.delay.ms", 0,
        "num.network.threads", 2,
        "num.io.threads", 2,
        "num.recovery.threads.per.data.dir", 2,
        "log.cleaner.dedupe.buffer.size", 4L * 1024 * 1024,
        "log.segment.bytes", 256 * 1024 * 1024,
        "broker.heartbeat.interval.ms", 500,
        "background.threads", 2);
  }
}
