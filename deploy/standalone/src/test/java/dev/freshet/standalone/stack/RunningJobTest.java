package dev.freshet.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against answers in the form of Flink's REST interface. */
class RunningJobTest {
  private final JobID id = new JobID();
  private HttpServer flink;
  private long predictions;

  @BeforeEach
  void listen() throws IOException {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext("/jobs/" + id, this::answer);
    flink.start();
  }

  @AfterEach
  void stop() {
    flink.stop(0);
  }

  @Test
  void countersAreAwaitedUntilThePredictionsThatAreKnownHaveComeToThem() {
    job().awaitCounted(5);
    assertThat(predictions).isGreaterThanOrEqualTo(5);
  }

  @Test
  void whereFlinkDoesNotAnswerThatIsTheFailure() {
    flink.stop(0);
    assertThat(job().failure()).startsWith("Flink does not answer at ");
  }

  private RunningJob job() {
    return RunningJob.at(
        URI.create("http://127.0.0.1:" + flink.getAddress().getPort()), id.toString());
  }

  /** One prediction more at each look. */
  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString();
    String document = "{\"vertices\":[{\"id\":\"v\",\"status\":\"RUNNING\"}]}";
    if (asked.contains("agg=sum")) {
      document = "[{\"id\":\"adapt.freshet.predictions\",\"sum\":" + ++predictions + "}]";
    } else if (asked.endsWith("/metrics")) {
      document = "[{\"id\":\"adapt.freshet.predictions\"}]";
    }
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
