package dev.freshet.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupTest {
  @TempDir Path directory;

  @Test
  void topicsThatDoNotFitAreRefusedAllAtOnceAndNothingIsMade() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
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
}
