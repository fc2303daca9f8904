package dev.freshet.standalone.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** A job on a {@link LocalFlink}, and what its REST interface tells of it. */
public final class RunningJob {
  private static final String METRIC_GROUP = ".freshet.";

  private final JobID id;
  private final FlinkRest rest;

  RunningJob(JobID id, FlinkRest rest) {
    this.id = id;
    this.rest = rest;
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
