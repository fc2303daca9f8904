package dev.freshet.standalone.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Flink's REST interface, as much as is asked of it here. Where it does not answer, an {@link
 * UncheckedIOException} says so.
 */
final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final URI address;

  FlinkRest(URI address) {
    this.address = address;
  }

  JsonNode get(String path) {
    return json(HttpRequest.newBuilder(address.resolve(path)));
  }

  JsonNode post(String path, String document) {
    return json(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }

  private JsonNode json(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(PATIENCE).build();
    try {
      return mapper.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException("Flink does not answer at " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }
}
