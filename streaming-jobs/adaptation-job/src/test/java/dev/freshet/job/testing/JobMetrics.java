package dev.freshet.job.testing;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/** What a job has reported, added up over the subtasks of a step. */
public final class JobMetrics {
  private final Map<String, Metric> byName;

  public JobMetrics(InMemoryReporter reporter, JobID job) {
    this.byName = reporter.getMetricsByIdentifiers(job);
  }

  public Collection<String> names() {
    return byName.keySet();
  }

  /** Of a counter below the group {@code freshet}. */
  public long count(String step, String name) {
    return of(step, name).mapToLong(metric -> ((Counter) metric).getCount()).sum();
  }

  /** How many values a histogram has taken. */
  public long values(String step, String name) {
    return of(step, name).mapToLong(metric -> ((Histogram) metric).getCount()).sum();
  }

  /** The largest value in a histogram's window. */
  public long largest(String step, String name) {
    return of(step, name)
        .mapToLong(metric -> ((Histogram) metric).getStatistics().getMax())
        .max()
        .orElseThrow();
  }

  private Stream<Metric> of(String step, String name) {
    Pattern wanted = Pattern.compile(".*\\." + step + "\\.\\d+\\.freshet\\." + Pattern.quote(name));
    return byName.entrySet().stream()
        .filter(entry -> wanted.matcher(entry.getKey()).matches())
        .map(Map.Entry::getValue);
  }
}
