package dev.freshet.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.Topics;
import dev.freshet.schemas.Topics.TopicSpec;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupTest {
  private static final List<String> NAMES = Topics.all().stream().map(TopicSpec::name).toList();

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(directory, 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @AfterEach
  void deleteTopics() throws Exception {
    // Nothing else writes here, and `ensure` leaves no topic unheard of: the listing is complete.
    admin.deleteTopics(admin.listTopics().names().get()).all().get();
    while (!admin.listTopics().names().get().isEmpty()) {
      Thread.sleep(20);
    }
  }

  @Test
  void topicsThatDoNotFitAreRefusedAllAtOnceAndNothingIsMade() throws Exception {
    makeMisfits();
    assertMisfitsRefused(admin);
  }

  @Test
  void aTopicThatTheBrokerHasNotHeardOfYetIsCheckedLikeTheOthers() throws Exception {
    Map<String, Object> late = answersFromBefore();
    makeMisfits();
    assertMisfitsRefused(answeringFirst(late));
    assertThat(late).isEmpty();
  }

  @Test
  void whatIsMadeIsWaitedFor() throws Exception {
    Map<String, Object> late = answersFromBefore();
    new TopicSetup(answeringFirst(late), 4).ensure();
    assertThat(late).isEmpty();
    assertThat(admin.describeTopics(NAMES).allTopicNames().get()).hasSameSizeAs(NAMES);
    new TopicSetup(admin, 4).ensure();
  }

  /**
   * The broker is fenced after its machine has stood still; it then answers as if there were none.
   */
  @Test
  void aBrokerThatTakesNoTopicsAtTheMomentIsAskedAgain() {
    List<NewTopic> tooMany = NAMES.stream().map(n -> new NewTopic(n, 1, (short) 2)).toList();
    Map<String, Object> refused =
        new ConcurrentHashMap<>(
            Map.of("createTopics", admin.createTopics(tooMany, new CreateTopicsOptions())));
    new TopicSetup(answeringFirst(refused), 4).ensure();
    assertThat(refused).isEmpty();
    new TopicSetup(admin, 4).ensure();
  }

  @Test
  void programsThatStartTogetherMayAllMakeThem() {
    List<CompletableFuture<Void>> programs =
        Stream.generate(() -> CompletableFuture.runAsync(() -> new TopicSetup(admin, 4).ensure()))
            .limit(4)
            .toList();
    programs.forEach(CompletableFuture::join);
    new TopicSetup(admin, 4).ensure();
  }

  private static void makeMisfits() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic(Topics.TASK_EVENTS, 3, (short) 1)
                    .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                new NewTopic(Topics.RELEASES, 1, (short) 1)))
        .all()
        .get();
  }

  private static void assertMisfitsRefused(Admin asked) throws Exception {
    assertThatThrownBy(() -> new TopicSetup(asked, 4).ensure())
        .hasMessageContaining("'freshet.task-events.v1' has 3 partitions, expected 4")
        .hasMessageContaining("'freshet.releases.v1' has cleanup.policy=delete, expected compact")
        .hasMessageContaining("message.timestamp.type=CreateTime, expected LogAppendTime");
    assertThat(admin.listTopics().names().get())
        .containsExactlyInAnyOrder(Topics.TASK_EVENTS, Topics.RELEASES);
  }

  /** What a broker that has not heard of any topic says, by the method that asks. */
  private static Map<String, Object> answersFromBefore() throws Exception {
    ListTopicsResult listing = admin.listTopics();
    DescribeTopicsResult description = admin.describeTopics(NAMES);
    assertThat(listing.names().get()).isEmpty();
    assertThat(description.topicNameValues().values())
        .allSatisfy(
            topic ->
                assertThatThrownBy(topic::get)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class));
    return new ConcurrentHashMap<>(Map.of("listTopics", listing, "describeTopics", description));
  }

  /** Gives each of the answers once, and the broker's own from then on. */
  private static Admin answeringFirst(Map<String, Object> answers) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object answer = answers.remove(method.getName());
          return answer == null ? method.invoke(admin, arguments) : answer;
        };
    return (Admin)
        Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, handler);
  }
}
