package dev.freshet.trainer.history;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Features.VectorFeatures;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds the events of one lineage into its past tasks. Events of a task come in the order of the
 * log; how those of different tasks are mixed does not matter as long as no limit is reached. Not
 * thread-safe.
 *
 * <p>A task that was closed remains, as it was then: it is what can be learned from. A retraction
 * that comes later still takes its example away. Opened again under its name, it is another task.
 */
public final class LineageHistory {
  /** The job refuses larger ones: their squares would overflow. */
  private static final float MAGNITUDE_MAX = 0x1p50f;

  private final String lineage;
  private final String encoder;
  private final int features;
  private final HistoryLimits limits;

  /** By task, the last one last. */
  private final Map<String, List<TaskLife>> lives = new HashMap<>();

  private int tasks;
  private int rows;
  private long events;
  private long unusable;
  private long tasksDropped;
  private long rowsDropped;
  private long queriesForgotten;
  private long retracted;

  /**
   * Remembers nothing yet.
   *
   * @param encoder id of the lineage's encoder; vectors of another are left out
   * @param features length of its vectors
   */
  public LineageHistory(String lineage, String encoder, int features, HistoryLimits limits) {
    this.lineage = lineage;
    this.encoder = encoder;
    this.features = features;
    this.limits = limits;
  }

  /**
   * Takes the next event; one of another lineage, or a fence, is none of this history.
   *
   * @param timestampMillis of the log
   */
  public void take(TaskEvent event, long timestampMillis) {
    if (!(event instanceof TaskEvent.OfTask ofTask) || !ofTask.lineage().equals(lineage)) {
      return;
    }
    events++;
    if (ofTask instanceof ExampleRetracted retraction) {
      closedOf(retraction.task())
          .forEach(life -> change(life, () -> life.forget(retraction.example())));
    }
    TaskLife life = lifeFor(ofTask);
    life.at(timestampMillis);
    change(life, () -> apply(ofTask, life));
    keepLimits(life);
  }

  /** What is in force of every task, by name, those of one name in their order. */
  public List<PastTask> tasks() {
    List<PastTask> past = new ArrayList<>();
    lives.keySet().stream()
        .sorted()
        .forEach(task -> livesOf(task).forEach(life -> past.add(life.asPast(task))));
    return past;
  }

  public HistoryCounts counts() {
    return new HistoryCounts(
        events, tasks, rows, retracted, tasksDropped, rowsDropped, queriesForgotten, unusable);
  }

  private void apply(TaskEvent.OfTask event, TaskLife life) {
    if (event instanceof TaskOpened opened) {
      life.open(opened.labels(), opened.policy());
    } else if (event instanceof ExampleAdded added) {
      if (added.target() instanceof LabelTarget target && isUsable(added.features())) {
        life.example(added.example(), target.label(), added.features());
      } else {
        unusable++;
      }
    } else if (event instanceof ExampleRetracted retraction) {
      life.retract(retraction.example());
    } else if (event instanceof QueryAsked query) {
      if (query.features().filter(this::isUsable).isPresent()) {
        life.ask(query.query(), query.features().get());
      } else {
        unusable++;
      }
    } else if (event instanceof OutcomeObserved outcome) {
      observe(outcome.query(), outcome.target(), life);
    } else if (event instanceof TaskClosed) {
      life.close();
    }
  }

  private void observe(String query, Target target, TaskLife life) {
    if (target instanceof LabelTarget label) {
      life.outcome(query, label.label());
    } else {
      unusable++;
    }
  }

  private boolean isUsable(Features given) {
    if (given instanceof TextFeatures text) {
      return !text.text().isBlank();
    }
    return given instanceof VectorFeatures vector
        && vector.dimension() == features
        && vector.encoder().filter(id -> !id.equals(encoder)).isEmpty()
        && vector.firstBeyond(MAGNITUDE_MAX).isEmpty();
  }

  /** A truth may come after its task was closed; everything else then begins another life. */
  private TaskLife lifeFor(TaskEvent.OfTask event) {
    List<TaskLife> known = livesOf(event.task());
    if (event instanceof OutcomeObserved outcome) {
      for (int i = known.size() - 1; i >= 0; i--) {
        if (known.get(i).wasAsked(outcome.query())) {
          return known.get(i);
        }
      }
    }
    boolean ends = event instanceof TaskClosed || event instanceof OutcomeObserved;
    if (!known.isEmpty() && (ends || !known.get(known.size() - 1).isClosed())) {
      return known.get(known.size() - 1);
    }
    TaskLife life = new TaskLife(limits);
    lives.computeIfAbsent(event.task(), unused -> new ArrayList<>()).add(life);
    tasks++;
    return life;
  }

  private List<TaskLife> livesOf(String task) {
    return lives.getOrDefault(task, List.of());
  }

  private List<TaskLife> closedOf(String task) {
    return livesOf(task).stream().filter(TaskLife::isClosed).toList();
  }

  /** Keeps the sums right. */
  private void change(TaskLife life, Runnable change) {
    count(life, -1);
    change.run();
    count(life, 1);
  }

  private void count(TaskLife life, int sign) {
    rows += sign * life.rows();
    rowsDropped += sign * life.rowsDropped();
    queriesForgotten += sign * life.queriesForgotten();
    retracted += sign * life.retracted();
  }

  private void keepLimits(TaskLife current) {
    while (tasks > limits.tasksMax() || (rows > limits.rowsMax() && tasks > 1)) {
      dropOldest(current);
    }
    while (rows > limits.rowsMax()) {
      change(current, current::dropOldest);
    }
  }

  private void dropOldest(TaskLife except) {
    record Found(String task, TaskLife life) {}
    Found oldest =
        lives.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(l -> new Found(entry.getKey(), l)))
            .filter(found -> found.life() != except)
            .min(
                Comparator.<Found>comparingLong(found -> found.life().clockMillis())
                    .thenComparing(Found::task))
            .orElseThrow();
    rows -= oldest.life().rows();
    rowsDropped += oldest.life().rows();
    tasksDropped++;
    tasks--;
    List<TaskLife> left = new ArrayList<>(livesOf(oldest.task()));
    left.removeIf(life -> life == oldest.life());
    if (left.isEmpty()) {
      lives.remove(oldest.task());
    } else {
      lives.put(oldest.task(), left);
    }
  }
}
