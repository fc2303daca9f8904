package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a log to estimates, as one document. */
class OffPolicyCommandTest {
  private static final String COLUMNS = "--log-columns=shown,place,click,p";

  private final RecordedConsole console = new RecordedConsole();

  @TempDir private Path directory = Path.of("");

  private String file(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines)).toString();
  }

  @Test
  void aSimulationHasItsTruthBesideEveryEstimate() throws IOException {
    int status = console.run("evaluate", "--off-policy", "--simulated=1", "--rows=4000", "--json");
    assertThat(status).as(console.err()).isZero();
    JsonNode estimates = console.document().get("estimates");
    assertThat(estimates).hasSize(6);
    for (JsonNode estimate : estimates) {
      double error = estimate.get("value").asDouble() - estimate.get("truth").asDouble();
      // Twice the 95 % interval: this one log of a fixed seed must not be far off.
      assertThat(Math.abs(error)).isLessThan(2 * estimate.get("ci95").asDouble());
      assertThat(estimate.get("effectiveSample").asDouble()).isBetween(100.0, 4000.0);
    }
    assertThat(console.document().get("logged").get("n").asInt()).isEqualTo(4000);
  }

  /** Weights of the target log's frequencies, ¾ and ¼, are 1.5, .5, 1.5 and .5. */
  @Test
  void aLogIsWeighedByTheFrequenciesOfAnother() throws IOException {
    String log =
        file(
            "log.csv",
            "shown,place,click,p",
            "a,1,1,0.5",
            "b,1,1,0.5",
            "a,1,0,0.5",
            "b,1,0,0.5",
            "b,1,1,0");
    String target =
        file(
            "target.csv",
            "shown,place,click,p",
            "a,1,1,0.7",
            "a,1,0,0.7",
            "b,1,0,0.3",
            "a,1,1,0.7");
    int status =
        console.run(
            "evaluate",
            "--off-policy",
            "--log=" + log,
            "--target-log=" + target,
            "--policy=frequency",
            COLUMNS,
            "--json");
    assertThat(status).as(console.err()).isZero();
    JsonNode ips = console.document().get("estimates").get(0);
    assertThat(ips.get("estimator").asText()).isEqualTo("ips");
    assertThat(ips.get("value").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(ips.get("effectiveSample").asDouble()).isCloseTo(16 / 5.0, within(1e-12));
    assertThat(ips.has("truth")).isFalse();
    assertThat(console.document().get("onPolicy").get("mean").asDouble()).isEqualTo(0.5);
    assertThat(console.document().get("logged").get("refused").get("propensity").asInt()).isOne();
    assertThat(console.err()).contains("left out of log.csv");
  }

  @Test
  void aLogWithoutTheColumnsIsRefusedWithThoseItHas() throws IOException {
    String log = file("log.csv", "shown,place,click,p", "a,1,1,0.5");
    assertThat(console.run("evaluate", "--off-policy", "--log=" + log)).isEqualTo(2);
    assertThat(console.err()).contains("no column item_id").contains("shown, place, click, p");
    assertThat(console.out()).isEmpty();
  }
}
