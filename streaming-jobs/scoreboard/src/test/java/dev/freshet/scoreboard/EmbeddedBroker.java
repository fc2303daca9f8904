package dev.freshet.scoreboard;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real broker and controller (KRaft) in this process, on loopback, with free ports. */
final class EmbeddedBroker implements AutoCloseable {
  private static final String CONTROLLER = "CONTROLLER";

  private final String bootstrapServers;
  private final KafkaRaftServer server;

  private EmbeddedBroker(String bootstrapServers, KafkaRaftServer server) {
    this.bootstrapServers = bootstrapServers;
    this.server = server;
  }

  /** Starts on a directory; what an earlier one left there is served again. */
  static EmbeddedBroker start(Path directory) throws Exception {
    int brokerPort = freePort();
    int controllerPort = freePort();
    if (!Files.exists(directory.resolve("meta.properties"))) {
      format(directory);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(settings(directory, brokerPort, controllerPort)), Time.SYSTEM);
    server.startup();
    EmbeddedBroker broker = new EmbeddedBroker("127.0.0.1:" + brokerPort, server);
    broker.awaitAnswer();
    return broker;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private void awaitAnswer() throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      admin.describeCluster().nodes().get();
    }
  }

  private static void format(Path directory) throws Exception {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(1)
            .setClusterId(Uuid.randomUuid().toString())
            .setControllerListenerName(CONTROLLER)
            .setMetadataLogDirectory(directory.toString());
    formatter.addDirectory(directory.toString());
    formatter.run();
  }

  private static Properties settings(Path directory, int brokerPort, int controllerPort) {
    Properties settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:"
                    + brokerPort
                    + ",CONTROLLER://127.0.0.1:"
                    + controllerPort),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", directory.toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0")));
    return settings;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
