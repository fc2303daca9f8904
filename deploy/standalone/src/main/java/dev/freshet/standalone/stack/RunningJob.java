package dev.freshet.standalone.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** A job on a {@link LocalFlink}, and what its REST interface tells of it. */
public final class RunningJob {
  private static final String METRIC_GROUP = ".freshet.";
  private static final Duration CHECKPOINT_PATIENCE = Duration.ofMinutes(3);
  // The cluster collects them every half second, when somebody asks.
  private static final Duration COUNTERS_FRESH_AFTER = Duration.ofSeconds(2);

  private final JobID id;
  private final FlinkRest rest;

  RunningJob(JobID id, FlinkRest rest) {
    this.id = id;
    this.rest = rest;
  }

  /** A job on a cluster in another process, by the address of its REST interface. */
  public static RunningJob at(URI address, String id) {
    return new RunningJob(JobID.fromHexString(id), new FlinkRest(address));
  }

  public JobID id() {
    return id;
  }

  /**
   * The sum of one of the job's own counters over all operators and subtasks, e.g. {@code
   * adaptations}. About half a second behind; counts from the job's last start.
   */
  public long counter(String name) {
    long sum = 0;
    for (String vertex : vertices()) {
      String metrics = "/jobs/" + id + "/vertices/" + vertex + "/subtasks/metrics";
      for (JsonNode metric : rest.get(metrics)) {
        String full = metric.path("id").asText();
        if (full.endsWith(METRIC_GROUP + name)) {
          sum += sum(metrics + "?agg=sum&get=" + encoded(full));
        }
      }
    }
    return sum;
  }

  /** Returns when counters that are read say no less than what holds now. */
  public void awaitFreshCounters() {
    // Whoever asks is told what was fetched last, and so has the next fetch done.
    long unused = counter("predictions");
    pause(COUNTERS_FRESH_AFTER);
  }

  /**
   * Takes a checkpoint and waits for it.
   *
   * @return bytes of all that the job would start from
   */
  public long checkpoint() {
    String checkpoints = "/jobs/" + id + "/checkpoints";
    String trigger =
        rest.post(checkpoints, "{\"checkpointType\":\"CONFIGURED\"}").path("request-id").asText();
    long deadline = System.nanoTime() + CHECKPOINT_PATIENCE.toNanos();
    JsonNode status = rest.get(checkpoints + "/" + trigger);
    // Flink shows what it knows of checkpoints a few seconds late.
    JsonNode size = MissingNode.getInstance();
    while (!size.isNumber()) {
      if (status.path("operation").has("failure-cause") || System.nanoTime() > deadline) {
        throw new CommandFailure(
            Exit.FAILED,
            "The job has taken no checkpoint in "
                + CHECKPOINT_PATIENCE.toSeconds()
                + " s: "
                + status
                + " "
                + failure());
      }
      pause(Duration.ofMillis(100));
      status = rest.get(checkpoints + "/" + trigger);
      JsonNode taken = status.at("/operation/checkpointId");
      if (taken.isNumber()) {
        size = rest.get(checkpoints + "/details/" + taken.asText()).path("state_size");
      }
    }
    return size.asLong();
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  boolean allTasksRun() {
    JsonNode vertices = job().path("vertices");
    boolean all = !vertices.isEmpty();
    for (JsonNode vertex : vertices) {
      all &= vertex.path("status").asText().equals("RUNNING");
    }
    return all;
  }

  /** What went wrong last, in a line; empty where nothing did. */
  public String failure() {
    JsonNode entries = rest.get("/jobs/" + id + "/exceptions").path("exceptionHistory");
    return entries
        .path("entries")
        .path(0)
        .path("stacktrace")
        .asText("")
        .lines()
        .filter(line -> !line.startsWith("\t"))
        .reduce((first, last) -> last)
        .orElse("no reason known");
  }

  private long sum(String path) {
    long sum = 0;
    for (JsonNode metric : rest.get(path)) {
      sum += metric.path("sum").asLong();
    }
    return sum;
  }

  private List<String> vertices() {
    List<String> ids = new ArrayList<>();
    job().path("vertices").forEach(vertex -> ids.add(vertex.path("id").asText()));
    return ids;
  }

  private JsonNode job() {
    return rest.get("/jobs/" + id);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
