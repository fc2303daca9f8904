package dev.freshet.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreboardConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of("bootstrap.servers", "127.0.0.1:9092", "state.directory", "state");

  @Test
  void needsOnlyTheBrokersAndADirectory() {
    assertThat(ScoreboardConfig.parse(REQUIRED))
        .isEqualTo(ScoreboardConfig.of("127.0.0.1:9092", Path.of("state")))
        .satisfies(
            config -> {
              assertThat(config.applicationId()).isEqualTo("freshet-scoreboard");
              assertThat(config.retention()).isEqualTo(Duration.ofDays(1));
              assertThat(config.openMax()).isEqualTo(100_000);
              assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
              assertThat(config.httpHost()).isEqualTo("127.0.0.1");
              assertThat(config.httpPort()).isZero();
            });
  }

  @Test
  void readsEveryKey() {
    Map<String, String> settings =
        Map.of(
            "bootstrap.servers", "a:1,b:2",
            "application.id", "second",
            "state.directory", "elsewhere",
            "retention", "PT2H",
            "open.max", "7",
            "commit.interval", "PT1S",
            "http.host", "::1",
            "http.port", "8082");

    assertThat(settings.keySet())
        .as("a key without a test")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ScoreboardKey.values()).map(ScoreboardKey::key).toList());
    assertThat(ScoreboardConfig.parse(settings))
        .isEqualTo(
            new ScoreboardConfig(
                "a:1,b:2",
                "second",
                Path.of("elsewhere"),
                Duration.ofHours(2),
                7,
                Duration.ofSeconds(1),
                "::1",
                8082));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ScoreboardConfig.parse(
                    Map.of(
                        "bootstrap.servers", "localhost",
                        "application.id", "a b",
                        "retention", "yesterday",
                        "open.max", "0",
                        "commit.interval", "PT0S",
                        "http.port", "70000",
                        "retentoin", "P1D")))
        .withMessageContainingAll(
            "8 problems",
            "retentoin: no such setting",
            "bootstrap.servers: expected host:port",
            "application.id: expected",
            "state.directory: missing",
            "retention: expected a duration",
            "open.max: expected 1 to 100000000, got '0'",
            "commit.interval: expected PT0.01S to PT1M, got 'PT0S'",
            "http.port: expected 0 (any) to 65535, got '70000'");
  }

  @Test
  void cannotBeMadeWrongInCodeEither() {
    ScoreboardConfig config = ScoreboardConfig.of("a:1", Path.of("state"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withRetention(Duration.ZERO))
        .withMessageContaining("retention: expected PT1S to PT87600H, got 'PT0S'");
  }

  @Test
  void laterArgumentsWinOverEarlierOnesAndTheEnvironment(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("scoreboard.properties"), "http.port=2\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("FRESHET_SCOREBOARD_HTTP_PORT", "1");
    environment.put("FRESHET_SCOREBOARD_HTTP_HOST", "::1");

    assertThat(ScoreboardMain.settings(environment, List.of("@" + file, "retention=PT1H")))
        .isEqualTo(Map.of("http.port", "2", "http.host", "::1", "retention", "PT1H"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreboardMain.settings(Map.of(), List.of("8080")))
        .withMessageContaining("expected KEY=VALUE or @FILE");
  }
}
