package dev.freshet.standalone.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How much load.
 *
 * @param events in the log before a job starts, for throughput
 * @param tasks that live at the same time
 * @param dimension of the vectors
 * @param eventsPerSecond of the paced part, for latency
 * @param seconds of the paced part, for each job
 * @param release that the job serves
 * @param job settings of both jobs
 * @param swap whether another release is put in force in the middle of a further paced part
 * @param swapTo a release's directory; empty for what ships, under another id
 */
public record LoadSettings(
    int events,
    int tasks,
    int dimension,
    int eventsPerSecond,
    int seconds,
    long seed,
    LoadedRelease release,
    Map<String, String> job,
    boolean swap,
    @JsonIgnore Optional<Path> swapTo) {
  public LoadSettings {
    job = Map.copyOf(job);
    require("--events", events, 1_000, 10_000_000);
    require("--tasks", tasks, 1, 1_000_000);
    require("--dim", dimension, 1, 65_536);
    require("--rate", eventsPerSecond, 1, 1_000_000);
    require("--seconds", seconds, 1, 3_600);
  }

  private static void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          option + " is " + value + ", expected " + min + " to " + max);
    }
  }
}
