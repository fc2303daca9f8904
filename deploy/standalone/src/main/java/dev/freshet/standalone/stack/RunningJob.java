package dev.freshet.standalone.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.Patience;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job on a {@link LocalFlink}, and what its REST interface tells of it. */
public final class RunningJob {
  private static final Logger log = LoggerFactory.getLogger(RunningJob.class);
  private static final String METRIC_GROUP = ".freshet.";
  private static final Duration CHECKPOINT_PATIENCE = Duration.ofMinutes(3);
  private static final Patience COUNTERS_PATIENCE = Patience.ofSeconds(60);
  // Twice as long as the cluster waits, after it has collected them, before it does so again.
  private static final Duration COLLECTED_AGAIN_AFTER = Duration.ofSeconds(1);

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
   * adaptations}. About half a second behind on an idle machine; counts from the job's last start.
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

  /**
   * Returns when counters that are read say no less than what holds now.
   *
   * @param predictions that the job has made by now
   */
  public void awaitCounters(long predictions) {
    awaitCounted(predictions);
    // They are collected one after another: those beside it may be from a moment before.
    Patience.pause(COLLECTED_AGAIN_AFTER);
    long unused = counter("predictions");
    Patience.pause(COLLECTED_AGAIN_AFTER);
  }

  /**
   * Returns when the job's counter has come to so many predictions. A job that was started anew
   * since it made them counts anew and may never come there: it is given a minute.
   */
  public void awaitCounted(long predictions) {
    if (!COUNTERS_PATIENCE.until(() -> counter("predictions") >= predictions)) {
      log.warn("The job does not count {} predictions; its counters may be behind", predictions);
    }
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
      Patience.pause(Duration.ofMillis(100));
      status = rest.get(checkpoints + "/" + trigger);
      JsonNode taken = status.at("/operation/checkpointId");
      if (taken.isNumber()) {
        size = rest.get(checkpoints + "/details/" + taken.asText()).path("state_size");
      }
    }
    return size.asLong();
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
    try {
      return lastException();
    } catch (UncheckedIOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String lastException() {
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
