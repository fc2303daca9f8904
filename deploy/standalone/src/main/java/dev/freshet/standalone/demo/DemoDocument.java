package dev.freshet.standalone.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.trainer.corpus.Skipped;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What {@code freshet demo --once --json} prints.
 *
 * @param answered queries with an answer
 * @param missing queries without one
 * @param duplicates answers beyond the first of a query
 * @param rejected events that were refused
 * @param adaptations that the job computed
 * @param accuracyByShots from the scoreboard, and agreeing with a recount of the topics
 * @param latencyMillis from the query's append to its answer's, by the broker's clock; without the
 *     warm-up
 * @param warmUp what was asked before the stream began; counted in everything but {@code
 *     latencyMillis}
 * @param firstPredictionSeconds from the start of this process to the stream's first answer
 * @param processesRssMiB the most memory all processes have held, summed; absent where the system
 *     does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemoDocument(
    long queries,
    long answered,
    long missing,
    long duplicates,
    long rejected,
    long adaptations,
    List<AccuracyRow> accuracyByShots,
    Latency latencyMillis,
    WarmedUp warmUp,
    String release,
    String engine,
    TopicAddresses topics,
    @Nullable Double firstPredictionSeconds,
    int tasks,
    long seed,
    String corpus,
    Skipped skipped,
    @Nullable Long processesRssMiB,
    List<String> notes)
    implements AnswerCounts {

  static final List<String> NOTES =
      List.of(
          "queries, answered, missing, duplicates, rejected and adaptations count the whole log,"
              + " tasks '"
              + WarmUp.TASK_PREFIX
              + "*' included",
          "latencyMillis leaves out tasks '"
              + WarmUp.TASK_PREFIX
              + "*', whose latency is in warmUp; latency is the LogAppendTime of the prediction less"
              + " that of the query at its partition and offset",
          "accuracyByShots has queries with an outcome alone; none follows the warm-up");

  /** The warm-up, by the start of its tasks' names. */
  public record WarmedUp(String taskPrefix, long queries, Latency latencyMillis) {}

  /** Of a distribution of milliseconds. */
  public record Latency(long p50, long p99) {
    public static Latency of(Histogram millis) {
      return new Latency(millis.getValueAtPercentile(50), millis.getValueAtPercentile(99));
    }
  }

  /** Where somebody else's consumer finds the records. */
  public record TopicAddresses(
      String bootstrap,
      String taskEvents,
      String predictions,
      String rejectedEvents,
      String scores,
      String releases) {
    public static TopicAddresses at(BrokerLink broker) {
      return new TopicAddresses(
          broker.bootstrapServers(),
          Topics.TASK_EVENTS,
          Topics.PREDICTIONS,
          Topics.REJECTED_EVENTS,
          Topics.SCORES,
          Topics.RELEASES);
    }
  }

  public static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? Math.round(value.getAsDouble() * 100) / 100.0 : null;
  }

  public static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
