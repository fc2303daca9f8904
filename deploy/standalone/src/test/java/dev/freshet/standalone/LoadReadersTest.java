package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** A tiny load of users: broker process, job process, RocksDB, a bot. */
class LoadReadersTest {
  private final RecordedConsole console = new RecordedConsole();

  @Test
  void everyQueryIsAnsweredOnceAndWhatTheBotPushesOutIsCounted() throws Exception {
    int status =
        console.run(
            "load",
            "readers",
            "--json",
            "--users=300",
            "--twenty-users=50",
            "--rate=100",
            "--seconds=2",
            "--bot-events-per-second=1000",
            "--heap=512",
            "--state-memory=128");

    assertThat(status).as(console.err()).isZero();
    JsonNode document = console.document();
    assertThat(document.path("users").asInt()).isEqualTo(300);
    assertThat(document.path("queries").asLong()).isPositive();
    assertThat(document.path("answered")).isEqualTo(document.path("queries"));
    assertThat(document.path("missing").asLong()).isZero();
    assertThat(document.path("duplicates").asLong()).isZero();
    assertThat(document.path("rejected").asLong()).isZero();
    assertThat(document.at("/fill/eventsPerSecond").asDouble()).isPositive();
    assertThat(document.at("/twenty/bytesPerUser").asDouble()).isPositive();
    assertThat(document.at("/state/tasks").asLong()).isEqualTo(350);
    assertThat(document.at("/state/workingBytes").asLong()).isPositive();
    assertThat(document.at("/steady/queries").asLong()).isPositive();
    assertThat(document.at("/bot/events").asLong()).isEqualTo(2_000);
    // Two of the bot's events are queries; what does not fit its policy's 1,024 examples leaves.
    assertThat(document.at("/bot/evicted").asLong()).isEqualTo(2_000 - 2 - 1_024);
    assertThat(document.path("evicted")).isEqualTo(document.at("/bot/evicted"));
    assertThat(document.at("/bot/neighbours/queries").asLong()).isPositive();
    assertThat(document.at("/bot/own/queries").asLong()).isEqualTo(2);
    assertThat(document.at("/itemTable/versions").asLong()).isPositive();
    assertThat(document.at("/itemTable/bytes").asLong()).isPositive();
  }
}
