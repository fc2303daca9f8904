package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the state of the current task lies: what was said of it and is still in force, nothing
 * learnt from it.
 */
public interface TaskStore {
  /** {@link TaskHeader#NONE} where nothing was said. */
  TaskHeader header();

  void header(TaskHeader header);

  /** In the order of the log, whatever the order in which they are stored. */
  List<StoredExample> examples();

  Optional<StoredExample> example(String id);

  /**
   * The first in the log of those that fit: what eviction takes. Cheaper than ordering them all.
   */
  default Optional<StoredExample> oldest(Predicate<StoredExample> fits) {
    return examples().stream().filter(fits).findFirst();
  }

  void put(StoredExample example);

  void remove(StoredExample example);

  /** Vectors of the names of labels, by label. */
  Map<String, SupportVector> names();

  void putName(String label, SupportVector vector);

  /** Log timestamps of retractions, by example. */
  Map<String, Long> tombstones();

  Optional<Long> tombstone(String example);

  void putTombstone(String example, long timestampMillis);

  void removeTombstone(String example);

  Map<String, PendingQuery> pendingQueries();

  Optional<PendingQuery> pendingQuery(String query);

  void putPendingQuery(String query, PendingQuery pending);

  void removePendingQuery(String query);

  /** What its parent said when the task was opened. */
  List<PriorRow> prior();

  void prior(List<PriorRow> rows);

  /** Forgets the task. */
  void clear();
}
