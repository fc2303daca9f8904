package dev.freshet.scoreboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.ScoreRecord.NumberErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scoreboard over HTTP: {@code /scores}, {@code /counts} and {@code /health}, as JSON. */
final class ScoreServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreServer.class);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final List<String> PATHS = List.of("/scores", "/counts", "/health");

  private final ScoreView view;
  private final HttpServer server;

  private record Reply(int status, JsonNode body) {}

  /**
   * @throws IOException if the address is taken or not this machine's
   */
  ScoreServer(ScoreView view, String host, int port) throws IOException {
    this.view = view;
    this.server = HttpServer.create(new InetSocketAddress(host, port), 0);
  }

  void start() {
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + bound.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, reply(exchange));
    }
  }

  private Reply reply(HttpExchange exchange) {
    try {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        return error(405, "method is " + method + ", expected GET");
      }
      return get(exchange.getRequestURI());
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    } catch (ScoreboardNotReadyException e) {
      return error(503, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("Cannot answer {}", exchange.getRequestURI(), e);
      return error(500, "the scoreboard failed: " + e);
    }
  }

  private Reply get(URI request) {
    return switch (String.valueOf(request.getPath())) {
      case "/scores" -> new Reply(200, scores(ScoreFilter.parse(request.getRawQuery())));
      case "/counts" -> {
        ScoreFilter.refuseAny(request.getRawQuery());
        yield new Reply(200, counts(view.counts()));
      }
      case "/health" -> {
        ScoreFilter.refuseAny(request.getRawQuery());
        yield health(view.health());
      }
      default -> error(404, "nothing at " + request.getPath() + ", expected one of " + PATHS);
    };
  }

  private ArrayNode scores(ScoreFilter filter) {
    ArrayNode all = NODES.arrayNode();
    view.scores().stream().filter(filter::admits).map(ScoreServer::score).forEach(all::add);
    return all;
  }

  /** A head of labels is told by its accuracy, one of numbers by its errors. */
  private static ObjectNode score(ScoreRecord score) {
    ObjectNode json =
        NODES
            .objectNode()
            .put("lineage", score.lineage())
            .put("release", score.release())
            .put("head", score.head())
            .put("learner", score.learner())
            .put("shots", score.shots())
            .put("queries", score.queries());
    if (score.errors().isPresent()) {
      NumberErrors errors = score.errors().get();
      return json.put("meanAbsoluteError", errors.absoluteSum() / score.queries())
          .put("rootMeanSquaredError", Math.sqrt(errors.squaredSum() / score.queries()));
    }
    return json.put("correct", score.correct())
        .put("accuracy", score.accuracy())
        .put("logLossSum", score.logLossSum());
  }

  private static ObjectNode counts(ScoreCounts counts) {
    ObjectNode json = NODES.objectNode();
    counts.byCounter().forEach((counter, count) -> json.put(counter.jsonName(), count));
    return json;
  }

  private static Reply health(ScoreView.Health health) {
    return new Reply(health.running() ? 200 : 503, NODES.objectNode().put("state", health.state()));
  }

  private static Reply error(int status, String message) {
    return new Reply(status, NODES.objectNode().put("error", message));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = bytes(reply.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
