package dev.freshet.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.ScoreRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoreServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private boolean ready = true;
  private ScoreServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScoreServer(new FixedView(), "127.0.0.1", 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsScores() throws Exception {
    assertReply(
        get("/scores"),
        200,
        "[{\"lineage\":\"categories\",\"release\":\"r1\",\"head\":\"label\","
            + "\"learner\":\"prototype\",\"shots\":2,\"queries\":4,\"correct\":3,"
            + "\"accuracy\":0.75,\"logLossSum\":0.5},"
            + "{\"lineage\":\"readers\",\"release\":\"r 2\",\"head\":\"unadapted\","
            + "\"learner\":\"ridge\",\"shots\":0,\"queries\":1,\"correct\":0,"
            + "\"accuracy\":0.0,\"logLossSum\":1.0}]");
  }

  @Test
  void filtersScores() throws Exception {
    assertThat(get("/scores?lineage=categories").body()).contains("\"r1\"").doesNotContain("r 2");
    assertThat(get("/scores?release=r%202").body()).contains("r 2").doesNotContain("\"r1\"");
    assertReply(get("/scores?head=label&lineage=readers"), 200, "[]");
  }

  @Test
  void listsEveryCounter() throws Exception {
    assertThat(get("/counts").body())
        .startsWith("{\"predictions\":0,\"predictionDuplicates\":0,\"judged\":5,")
        .contains("\"outcomesWithoutPrediction\":0");
  }

  @Test
  void saysHowItIs() throws Exception {
    assertReply(get("/health"), 200, "{\"state\":\"RUNNING\"}");
    ready = false;
    assertReply(get("/health"), 503, "{\"state\":\"REBALANCING\"}");
  }

  @Test
  void isUnavailableWhileTheStoresAre() throws Exception {
    ready = false;

    assertReply(get("/scores"), 503, "{\"error\":\"stores are being restored\"}");
    assertReply(get("/counts"), 503, "{\"error\":\"stores are being restored\"}");
  }

  @Test
  void refusesBadParametersAndSaysWhatItExpects() throws Exception {
    assertReply(
        get("/scores?linage=a"),
        400,
        "{\"error\":\"parameter is 'linage', expected one of [lineage, release, head]\"}");
    assertReply(
        get("/scores?lineage"),
        400,
        "{\"error\":\"parameter lineage is empty, expected e.g. ?lineage=a\"}");
    assertReply(get("/scores?head=a&head=b"), 400, "{\"error\":\"parameter head stands twice\"}");
    assertThat(get("/counts?head=a").statusCode()).isEqualTo(400);
  }

  @Test
  void knowsNothingElse() throws Exception {
    assertReply(
        get("/scores/1"),
        404,
        "{\"error\":\"nothing at /scores/1, expected one of [/scores, /counts, /health]\"}");
    HttpResponse<String> reply =
        client.send(
            HttpRequest.newBuilder(at("/scores")).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertReply(reply, 405, "{\"error\":\"method is POST, expected GET\"}");
    assertThat(reply.headers().firstValue("Allow")).hasValue("GET");
  }

  private URI at(String path) {
    return URI.create(server.address() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }

  private static void assertReply(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  private final class FixedView implements ScoreView {
    @Override
    public List<ScoreRecord> scores() {
      requireReady();
      return List.of(
          new ScoreRecord("categories", "r1", "prototype", "label", 2, 4, 3, 0.5),
          new ScoreRecord("readers", "r 2", "ridge", "unadapted", 0, 1, 0, 1));
    }

    @Override
    public ScoreCounts counts() {
      requireReady();
      return new ScoreCounts(Map.of(Counter.JUDGED, 5L));
    }

    @Override
    public Health health() {
      return new Health(ready, ready ? "RUNNING" : "REBALANCING");
    }

    private void requireReady() {
      if (!ready) {
        throw new ScoreboardNotReadyException("stores are being restored");
      }
    }
  }
}
