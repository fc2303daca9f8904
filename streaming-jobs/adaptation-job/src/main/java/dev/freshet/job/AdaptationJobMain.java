package dev.freshet.job;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs the job on a Flink cluster.
 *
 * <pre>{@code
 * flink run freshet-adaptation-job.jar --bootstrap.servers kafka:9092 --releases.dir /releases \
 *   --checkpoint.dir s3://bucket/freshet
 * }</pre>
 */
public final class AdaptationJobMain {
  private AdaptationJobMain() {}

  public static void main(String[] args) throws Exception {
    JobConfig config = JobConfig.parse(settings(args));
    new AdaptationJob(config).submit(StreamExecutionEnvironment.getExecutionEnvironment());
  }

  /** {@code --key value} pairs. */
  static Map<String, String> settings(String[] args) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "Expected --key value pairs, got '" + args[i] + "'. Keys: " + usage());
      }
      settings.put(args[i].substring(2), args[i + 1]);
    }
    return settings;
  }

  private static String usage() {
    StringBuilder usage = new StringBuilder();
    for (JobConfig.Key key : JobConfig.Key.values()) {
      String byDefault = key.byDefault().isEmpty() ? "required" : "default " + key.byDefault();
      usage.append(String.format("%n  --%-28s %s (%s)", key.id(), key.meaning(), byDefault));
    }
    return usage.toString();
  }
}
