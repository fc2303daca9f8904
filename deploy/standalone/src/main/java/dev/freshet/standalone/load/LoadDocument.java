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
 * @param swap absent where none was asked for
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
    @Nullable SwapFigures swap,
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

  /**
   * Of a release put in force under the settled rate.
   *
   * @param release that was put in force
   * @param unanswered queries of the paced part, asked before or after
   * @param steadyP50Millis of queries asked more than five seconds from the fence
   * @param swapP50Millis of queries asked in the ten seconds around the fence
   * @param firstPredictionMillis from the first fence in the log to the first prediction of the
   *     release, by the broker's clock
   * @param predictions of the release
   */
  public record SwapFigures(
      String release,
      long queries,
      long unanswered,
      long steadyP50Millis,
      long steadyP99Millis,
      long swapP50Millis,
      long swapP99Millis,
      long firstPredictionMillis,
      long predictions) {}

  /** Where it ran. */
  public record Machine(int processors, String java, String os) {
    /** This machine. */
    public static Machine here() {
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.version"),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
  }
}
