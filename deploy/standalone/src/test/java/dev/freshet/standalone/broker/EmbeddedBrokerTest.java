package dev.freshet.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.FreePort;
import dev.freshet.broker.TopicSetup;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.TopicReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final QueryAsked QUERY =
      new QueryAsked("categories", "toys", "q1", new TextFeatures("Wooden train set"));

  @TempDir Path directory;

  @Test
  void whatWasSaidSurvivesARestartOnAnotherPort() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      setUp(broker, 4);
      try (EventWriter writer = new EventWriter(link(broker))) {
        writer.appendNow(QUERY);
      }
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      setUp(broker, 4);
      List<byte[]> values = new ArrayList<>();
      try (TopicReader reader = new TopicReader(link(broker))) {
        reader.readToEnd(reader.partitions(Topics.TASK_EVENTS), read -> values.add(read.value()));
      }
      assertThat(values).hasSize(1);
      assertThat(new TaskEventCodec().decode(values.get(0))).isEqualTo(QUERY);
    }
  }

  @Test
  void topicsThatDoNotFitAreRefusedAllAtOnceAndNothingIsMade() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = link(broker).admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.TASK_EVENTS, 3, (short) 1)
                      .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                  new NewTopic(Topics.RELEASES, 1, (short) 1)))
          .all()
          .get();
      assertThatThrownBy(() -> new TopicSetup(admin, 4).ensure())
          .hasMessageContaining("'freshet.task-events.v1' has 3 partitions, expected 4")
          .hasMessageContaining("'freshet.releases.v1' has cleanup.policy=delete, expected compact")
          .hasMessageContaining("message.timestamp.type=CreateTime, expected LogAppendTime");
      assertThat(admin.listTopics().names().get()).doesNotContain(Topics.PREDICTIONS);
    }
  }

  @Test
  void aTakenPortIsSaidToBeTaken() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("first"), 0)) {
      int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
      assertThat(FreePort.isFree(port)).isFalse();
      assertThatThrownBy(
              () ->
                  BrokerProcess.start(
                      directory.resolve("second"), port, directory.resolve("logs/broker.log")))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("Port " + port + " on 127.0.0.1 is taken")
          .hasMessageContaining("--port");
    }
  }

  /** A parent that is killed closes the pipe too: this is how the child learns of it. */
  @Test
  void theChildEndsWhenItsStandardInputCloses() {
    BrokerProcess process =
        BrokerProcess.start(directory.resolve("data"), 0, directory.resolve("logs/broker.log"));
    ProcessHandle child = ProcessHandle.of(process.pid()).orElseThrow();
    new BrokerLink(process.bootstrapServers()).requireReachable();
    process.close();
    assertThat(child.isAlive()).isFalse();
  }

  private static BrokerLink link(EmbeddedBroker broker) {
    return new BrokerLink(broker.bootstrapServers());
  }

  private static void setUp(EmbeddedBroker broker, int partitions) {
    try (Admin admin = link(broker).admin()) {
      new TopicSetup(admin, partitions).ensure();
    }
  }
}
