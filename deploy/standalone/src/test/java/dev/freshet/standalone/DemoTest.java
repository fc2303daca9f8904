package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The whole stack in a tiny demo: broker process, job, scoreboard, recount. */
class DemoTest {
  private final RecordedConsole console = new RecordedConsole();

  @Test
  void everyQueryOfTheDemoIsAnsweredOnceAndJudged() throws Exception {
    int status =
        console.run(
            "demo",
            "--once",
            "--json",
            "--tasks=2",
            "--ways=3",
            "--shots-max=3",
            "--seed=7",
            "--rate=300",
            "--device=cpu");

    assertThat(status).as(console.err()).isZero();
    JsonNode document = console.document();
    assertThat(document.path("queries").asLong()).isGreaterThanOrEqualTo(2 * 3 * 3 * 4);
    assertThat(document.path("answered")).isEqualTo(document.path("queries"));
    assertThat(document.path("missing").asLong()).isZero();
    assertThat(document.path("duplicates").asLong()).isZero();
    assertThat(document.path("rejected").asLong()).isZero();
    assertThat(document.path("adaptations").asLong()).isPositive();
    assertThat(document.path("engine").asText()).isEqualTo("cpu");
    assertThat(document.path("release").asText()).isNotEmpty();
    assertThat(document.path("latencyMillis").path("p99").isNumber()).isTrue();
    assertThat(document.path("topics").path("predictions").asText())
        .isEqualTo("freshet.predictions.v1");
    assertThat(document.path("accuracyByShots")).isNotEmpty();
    for (JsonNode row : document.path("accuracyByShots")) {
      assertThat(row.path("queries").asLong()).isPositive();
      assertThat(row.path("adapted").asDouble()).isBetween(0.0, 1.0);
      assertThat(row.has("prototype")).isTrue();
      assertThat(row.has("unadapted")).isTrue();
    }
  }
}
