package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.trainer.publish.ShippedRelease;
import org.junit.jupiter.api.Test;

/** The whole stack with a few users: segments, new items, questions, recount. */
class ReadersDemoTest {
  private final RecordedConsole console = new RecordedConsole();

  @Test
  void everyQuestionOfAFewUsersIsAnsweredOnceAndJudgedBesideTheYardsticks() throws Exception {
    int status =
        console.run(
            "demo",
            "readers",
            "--once",
            "--json",
            "--users=5",
            "--seed=7",
            "--rate=300",
            "--device=cpu");

    assertThat(status).as(console.err()).isZero();
    JsonNode document = console.document();
    assertThat(document.path("simulation").asBoolean()).isTrue();
    assertThat(document.path("release").asText()).isEqualTo(ShippedRelease.READERS.id());
    assertThat(document.path("users").asInt()).isEqualTo(5);
    assertThat(document.path("queries").asLong()).isGreaterThanOrEqualTo(5 * 10);
    assertThat(document.path("answered")).isEqualTo(document.path("queries"));
    assertThat(document.path("missing").asLong()).isZero();
    assertThat(document.path("duplicates").asLong()).isZero();
    assertThat(document.path("rejected").asLong()).as(console.err()).isZero();
    assertThat(document.path("adaptations").asLong()).isPositive();
    assertThat(document.path("newItemSecondsMax").asDouble()).isPositive();
    assertThat(document.path("newItems").asInt()).isEqualTo(5);
    assertThat(document.path("latencyMillis").path("p99").isNumber()).isTrue();
    assertThat(document.path("orderLatencyMillis").path("p99").isNumber()).isTrue();
    JsonNode none = document.path("rowsByEvents").path(0);
    assertThat(none.path("from").asInt()).isZero();
    for (String learner : new String[] {"adapted", "unadapted", "offset-shrinkage", "item-base"}) {
      assertThat(none.path("mae").path(learner).path("users").asInt()).as(learner).isEqualTo(5);
      assertThat(none.path("mae").path(learner).path("value").asDouble()).isBetween(0.0, 4.0);
    }
    assertThat(none.path("ndcg10").findValuesAsText("value")).hasSize(4);
    assertThat(document.path("rowsByEvents")).hasSizeGreaterThanOrEqualTo(4);
  }
}
