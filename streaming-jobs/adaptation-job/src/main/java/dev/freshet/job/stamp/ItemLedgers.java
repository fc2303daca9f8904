package dev.freshet.job.stamp;

import dev.freshet.job.items.ItemLedger;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedItems;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.Collector;

/**
 * The item tables of the partitions that a subtask reads, and their way to the adapting step: every
 * change is sent to each of its subtasks, by a key that leads there, in the channels in which the
 * partition's events go. So it arrives at its place among them.
 *
 * <p>After a restart the adapting step knows nothing of items: what a partition has said so far is
 * sent whole before its first event.
 */
final class ItemLedgers {
  private final Map<Place, ItemLedger> ledgers = new LinkedHashMap<>();
  private final Set<Integer> seen = new HashSet<>();
  private final List<String> routes;
  private final int subtask;
  private final int subtasks;

  private record Place(int partition, String lineage) {}

  /**
   * @param task this subtask; the adapting step has as many
   */
  ItemLedgers(TaskInfo task) {
    this.subtask = task.getIndexOfThisSubtask();
    this.subtasks = task.getNumberOfParallelSubtasks();
    this.routes = routes(task.getMaxNumberOfParallelSubtasks(), subtasks);
  }

  /**
   * A key for each subtask of the next step. No task has such a key: a lineage begins with none.
   */
  private static List<String> routes(int keyGroups, int subtasks) {
    Map<Integer, String> routes = new HashMap<>();
    for (int salt = 0; routes.size() < subtasks; salt++) {
      String key = "/items/" + salt;
      routes.putIfAbsent(
          KeyGroupRangeAssignment.assignKeyToParallelOperator(key, keyGroups, subtasks), key);
    }
    List<String> inOrder = new ArrayList<>();
    for (int next = 0; next < subtasks; next++) {
      inOrder.add(Objects.requireNonNull(routes.get(next)));
    }
    return inOrder;
  }

  /** Parts of the newest ledger of each partition; the same part may come from several subtasks. */
  void restore(Iterable<LedgerEntry> entries) {
    Map<Place, Long> newest = new HashMap<>();
    for (LedgerEntry entry : entries) {
      newest.merge(place(entry), entry.part().version(), Math::max);
    }
    for (LedgerEntry entry : entries) {
      if (Objects.equals(newest.get(place(entry)), entry.part().version())) {
        ledgers
            .computeIfAbsent(place(entry), place -> new ItemLedger(place.lineage()))
            .restore(entry.part(), entry.label());
      }
    }
  }

  private static Place place(LedgerEntry entry) {
    return new Place(entry.partition(), entry.part().lineage());
  }

  /** Those of partitions read here; of partitions nobody may have read yet, a share. */
  List<LedgerEntry> snapshot() {
    List<LedgerEntry> entries = new ArrayList<>();
    ledgers.forEach(
        (place, ledger) -> {
          if (seen.contains(place.partition()) || place.partition() % subtasks == subtask) {
            ledger
                .whole()
                .forEach(
                    part -> entries.add(new LedgerEntry(place.partition(), ledger.label(), part)));
          }
        });
    return entries;
  }

  /** Says what a partition has said before its first event. */
  void beforeFirst(int partition, Collector<Stamped> out) {
    if (seen.add(partition)) {
      ledgers.forEach(
          (place, ledger) -> {
            if (place.partition() == partition) {
              boolean fromScratch = true;
              for (ItemsChanged part : ledger.whole()) {
                send(place, ledger, fromScratch, part, out);
                fromScratch = false;
              }
            }
          });
    }
  }

  /** Folds a change that stands in the log and passes it on. */
  void apply(LoggedEvent logged, ItemsChanged change, Collector<Stamped> out) {
    Place place = new Place(logged.partition(), change.lineage());
    ItemLedger ledger = ledgers.computeIfAbsent(place, unused -> new ItemLedger(change.lineage()));
    if (ledger.apply(change, Objects.requireNonNull(logged.value()))) {
      send(place, ledger, false, change, out);
    }
  }

  private void send(
      Place place,
      ItemLedger ledger,
      boolean fromScratch,
      ItemsChanged change,
      Collector<Stamped> out) {
    // The adapting step has no use for segments, but the version and its time take effect there.
    ItemsChanged items =
        new ItemsChanged(
            change.lineage(), change.version(), change.asOfSeconds(), change.items(), List.of());
    for (String route : routes) {
      out.collect(new StampedItems(route, place.partition(), ledger.label(), fromScratch, items));
    }
  }

  /** What a segment says at this position of a partition. */
  Optional<List<SegmentRow>> segment(int partition, String lineage, String task) {
    return Optional.ofNullable(ledgers.get(new Place(partition, lineage)))
        .flatMap(ledger -> ledger.segment(task));
  }
}
