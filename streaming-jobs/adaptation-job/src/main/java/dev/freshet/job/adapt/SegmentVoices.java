package dev.freshet.job.adapt;

import dev.freshet.job.items.ItemNews;
import dev.freshet.job.support.SegmentPriors;
import dev.freshet.job.support.TaskStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Tells what segments say now, at most every {@value #INTERVAL_MILLIS} ms each: a segment has the
 * events of many users, and reading its examples at each of them would cost more than they do.
 * Nothing is left untold at a checkpoint.
 */
final class SegmentVoices {
  private static final long INTERVAL_MILLIS = 250;

  private final TaskStore store;
  private final Consumer<Object> select;
  private final Consumer<ItemNews> tell;
  private final ProcessingTimeService time;
  private final Map<String, Segment> changed = new LinkedHashMap<>();

  private record Segment(String lineage, String task) {}

  /**
   * @param store of the task that is selected
   * @param select a task by its key
   */
  SegmentVoices(
      TaskStore store,
      Consumer<Object> select,
      Consumer<ItemNews> tell,
      ProcessingTimeService time) {
    this.store = store;
    this.select = select;
    this.tell = tell;
    this.time = time;
  }

  void changed(String key, String lineage, String task) {
    if (changed.isEmpty()) {
      var unused =
          time.registerTimer(time.getCurrentProcessingTime() + INTERVAL_MILLIS, now -> sayAll());
    }
    changed.put(key, new Segment(lineage, task));
  }

  void sayAll() {
    changed.forEach(
        (key, segment) -> {
          select.accept(key);
          tell.accept(
              new ItemNews.SegmentSaid(segment.lineage(), SegmentPriors.of(segment.task(), store)));
        });
    changed.clear();
  }
}
