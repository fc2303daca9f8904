package dev.freshet.standalone.refresh;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.freshet.trainer.evaluation.DuelScore;
import dev.freshet.trainer.history.HistoryCounts;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code freshet refresh --json} prints.
 *
 * @param log how far the log was read: the next offset of each partition
 * @param read what its events came to
 * @param tasks that gave a row
 * @param classes absent where there is not enough yet
 * @param training absent where nothing was trained
 * @param streams challenger and champion on streams of held-out tasks; absent where none was judged
 * @param even the same on even episodes
 * @param recurring the same on streams of classes that were trained on, with other texts
 * @param recurrence share of the log's labels whose class came again in another task
 * @param expectedLead of the challenger on the next tasks: what decides
 * @param release in force after the refresh; absent where it was not this one that put it there
 * @param epoch of the fence
 * @param seconds by phase, and in all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefreshDocument(
    String lineage,
    String champion,
    SortedMap<Integer, Long> log,
    HistoryCounts read,
    int tasks,
    int usableClasses,
    int tooSmallClasses,
    long unnamedRows,
    long ambiguousTexts,
    @Nullable Classes classes,
    @Nullable Training training,
    @Nullable DuelScore streams,
    @Nullable DuelScore even,
    @Nullable DuelScore recurring,
    @Nullable Double recurrence,
    DuelScore.@Nullable Measured expectedLead,
    Decision decision,
    String reason,
    @Nullable String release,
    @Nullable String digest,
    @Nullable Long epoch,
    Map<String, Double> seconds) {

  /** What came of it. */
  public enum Decision {
    /** The challenger is in force. */
    ACTIVATED,
    /** The champion serves on. */
    KEPT,
    /** The log does not teach enough yet. */
    NOT_ENOUGH,
    /** Neither the log nor the champion has changed since the last refresh of this process. */
    NOTHING_NEW
  }

  /** By side of the split. */
  public record Classes(int train, int choosing, int judging) {}

  /**
   * On the classes that choose.
   *
   * @param metricShare weight of the new classes in the whitening
   * @param domainPull that the domain's metric was learned under, 0 where the champion's stayed
   * @param steps of the outer loop
   */
  public record Training(
      double metricShare,
      double domainPull,
      int steps,
      double championLogLoss,
      double championAccuracy,
      double challengerLogLoss,
      double challengerAccuracy) {}
}
