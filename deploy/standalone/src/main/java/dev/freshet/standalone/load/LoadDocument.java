package dev.freshet.standalone.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What {@code freshet load --json} prints.
 *
 * @param passThrough the floor: a job with the same source, decoding, keyBy, sink and output bytes
 * @param adaptation the job
 * @param throughputShare of the job's throughput in the floor's
 * @param addedP99Millis the job's p99 less the floor's
 * @param encoderTitlesPerSecond short titles, one thread, no cache
 * @param processesRssMiB the most memory all processes have held, summed; absent where the system
 *     does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadDocument(
    JobFigures passThrough,
    JobFigures adaptation,
    double throughputShare,
    long addedP99Millis,
    double encoderTitlesPerSecond,
    @Nullable Long processesRssMiB,
    int predictionBytes,
    LoadSettings settings,
    Machine machine) {

  /**
   * Of one job.
   *
   * @param eventsPerSecond with the log full
   * @param cpuMicrosPerEvent of this process, the job's start included; steadier than throughput
   *     where the machine is not quiet
   * @param p50Millis from query to answer at the settled rate, by the broker's clock
   */
  public record JobFigures(
      double eventsPerSecond, double cpuMicrosPerEvent, long p50Millis, long p99Millis) {}

  /** Where it ran. */
  public record Machine(int processors, String java, String os) {
    static Machine here() {
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.version"),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
  }
}
