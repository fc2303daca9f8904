package dev.freshet.job.testing;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.adaptation.runtime.Yardsticks;
import dev.freshet.encoders.EncodedText;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.UndecodableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The job's semantics written a second time, as plainly as can be: one thread, one event after the
 * other, one task a call, no cache, no state but lists. What the job must agree with byte for byte.
 *
 * <p>It shares with the job what is tested elsewhere (codec, encoder, runtime), and nothing of how
 * a task's history is folded, batched, cached or stored.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public final class PlainReplay implements AutoCloseable {
  private static final TaskEventCodec EVENTS = new TaskEventCodec();
  private static final RecordCodec<Prediction> PREDICTIONS = RecordCodec.predictions();

  private final Map<String, Release> byDigest = new HashMap<>();
  private final Map<String, LoadedRelease> loaded = new HashMap<>();
  private final ReleaseLoader loader = new ReleaseLoader(Device.CPU);
  private final Adapter adapter = new Adapter();
  private final WordEncoder encoder = new WordEncoder();

  public PlainReplay(List<Release> releases) {
    releases.forEach(release -> byDigest.put(release.digest(), release));
  }

  /** Position of a query in the log. */
  public record Position(int partition, long offset) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      return Comparator.comparingInt(Position::partition)
          .thenComparingLong(Position::offset)
          .compare(this, other);
    }
  }

  private record Named(long offset, int rank, float[] vector) {}

  private record Example(String id, long offset, long millis, String label, float[] vector) {}

  private record Pending(long offset, long millis, float[] vector) {}

  private record InForce(ReleaseActivated fence, LoadedRelease release) {}

  private static final class Task {
    private boolean opened;
    private SupportPolicy policy = SupportPolicy.DEFAULT;
    private long clock = Long.MIN_VALUE;
    private final Map<String, Named> names = new LinkedHashMap<>();
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Long> tombstones = new HashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    List<String> labels() {
      Map<String, long[]> places = new HashMap<>();
      names.forEach((label, n) -> places.put(label, new long[] {n.offset(), n.rank()}));
      for (Example e : examples) {
        long[] place = places.getOrDefault(e.label(), new long[] {Long.MAX_VALUE, 0});
        if (e.offset() < place[0]) {
          place = new long[] {e.offset(), place[1]};
        }
        places.put(e.label(), place);
      }
      return places.keySet().stream()
          .sorted(
              Comparator.<String>comparingLong(l -> Objects.requireNonNull(places.get(l))[0])
                  .thenComparingLong(l -> Objects.requireNonNull(places.get(l))[1]))
          .toList();
    }

    void trim() {
      long oldest = clock - policy.exampleAgeMax().toMillis();
      examples.removeIf(e -> e.millis() < oldest);
      for (String label : labels()) {
        while (examples.stream().filter(e -> e.label().equals(label)).count()
            > policy.examplesPerLabelMax()) {
          examples.remove(
              examples.stream().filter(e -> e.label().equals(label)).findFirst().orElseThrow());
        }
      }
      while (examples.size() > policy.examplesPerTaskMax()) {
        examples.remove(0);
      }
    }
  }

  /** The prediction of every query, encoded, by its position. */
  public SortedMap<Position, byte[]> run(List<LoggedEvent> log) {
    SortedMap<Position, byte[]> predictions = new TreeMap<>();
    Map<Integer, InForce> inForce = new HashMap<>();
    Map<TaskKey, Task> tasks = new HashMap<>();
    for (LoggedEvent logged : log) {
      TaskEvent event = decode(logged);
      if (event instanceof ReleaseActivated fence) {
        InForce before = inForce.get(logged.partition());
        if (before == null || fence.epoch() > before.fence().epoch()) {
          inForce.put(logged.partition(), new InForce(fence, load(fence)));
        }
        continue;
      }
      TaskEvent.OfTask ofTask = (TaskEvent.OfTask) event;
      TaskKey key = new TaskKey(ofTask.lineage(), ofTask.task());
      if (ofTask instanceof TaskClosed) {
        tasks.remove(key);
        continue;
      }
      Task task = tasks.computeIfAbsent(key, k -> new Task());
      task.clock = Math.max(task.clock, logged.timestampMillis());
      task.trim();
      if (ofTask instanceof QueryAsked query) {
        predictions.put(
            new Position(logged.partition(), logged.offset()),
            PREDICTIONS.encode(
                predict(
                    logged, query, task, Objects.requireNonNull(inForce.get(logged.partition())))));
      }
      fold(logged, ofTask, task);
      task.trim();
    }
    return predictions;
  }

  private static TaskEvent decode(LoggedEvent logged) {
    try {
      return EVENTS.decode(Objects.requireNonNull(logged.value()));
    } catch (UndecodableException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private LoadedRelease load(ReleaseActivated fence) {
    return loaded.computeIfAbsent(
        fence.digest(), digest -> loader.load(Objects.requireNonNull(byDigest.get(digest))));
  }

  private void fold(LoggedEvent logged, TaskEvent.OfTask event, Task task) {
    if (event instanceof TaskOpened opened) {
      open(logged, opened, task);
    } else if (event instanceof ExampleAdded added) {
      add(logged, task, added.example(), added.target(), vector(added.features()));
    } else if (event instanceof ExampleRetracted retracted) {
      task.examples.removeIf(e -> e.id().equals(retracted.example()));
      task.tombstones.put(retracted.example(), task.clock);
    } else if (event instanceof QueryAsked query && task.policy.outcomesAreExamples()) {
      task.pending.put(
          query.query(),
          new Pending(logged.offset(), task.clock, vector(query.features().orElseThrow())));
      while (task.pending.size() > task.policy.pendingQueriesMax()) {
        task.pending.remove(
            task.pending.entrySet().stream()
                .min(Comparator.comparingLong(e -> e.getValue().offset()))
                .orElseThrow()
                .getKey());
      }
    } else if (event instanceof OutcomeObserved outcome && task.policy.outcomesAreExamples()) {
      Pending pending = task.pending.remove(outcome.query());
      if (pending != null
          && pending.millis() >= task.clock - task.policy.pendingQueryAgeMax().toMillis()) {
        add(logged, task, "outcome:" + outcome.query(), outcome.target(), pending.vector());
      }
    }
  }

  private void open(LoggedEvent logged, TaskOpened opened, Task task) {
    SupportPolicy policy = opened.policy().orElse(task.policy);
    List<String> known = task.labels();
    long joining = opened.labels().stream().filter(l -> !known.contains(l.id())).count();
    if (known.size() + joining > policy.labelsMax()) {
      return;
    }
    task.opened = true;
    task.policy = policy;
    for (int i = 0; i < opened.labels().size(); i++) {
      Label label = opened.labels().get(i);
      float[] vector = encoder.encode(label.text()).vector();
      Named before = task.names.get(label.id());
      task.names.put(
          label.id(),
          before == null
              ? new Named(logged.offset(), i, vector)
              : new Named(before.offset(), before.rank(), vector));
    }
  }

  private static void add(LoggedEvent logged, Task task, String id, Target target, float[] vector) {
    String label = ((Target.LabelTarget) target).label();
    Long buried = task.tombstones.get(id);
    if (buried != null && buried >= task.clock - task.policy.tombstoneAgeMax().toMillis()) {
      return;
    }
    for (Example e : task.examples) {
      if (e.id().equals(id) && e.label().equals(label) && Arrays.equals(e.vector(), vector)) {
        return;
      }
    }
    if (!task.labels().contains(label) && task.labels().size() >= task.policy.labelsMax()) {
      return;
    }
    task.examples.removeIf(e -> e.id().equals(id));
    task.examples.add(new Example(id, logged.offset(), logged.timestampMillis(), label, vector));
  }

  private float[] vector(Features features) {
    return features instanceof Features.VectorFeatures vector
        ? vector.vector()
        : encoder.encode(((Features.TextFeatures) features).text()).vector();
  }

  private Prediction predict(LoggedEvent logged, QueryAsked query, Task task, InForce inForce) {
    LoadedRelease release = inForce.release();
    List<String> labels = task.labels();
    SupportSet support = support(task, labels, release.features());
    boolean truncated =
        query.features().orElseThrow() instanceof Features.TextFeatures text
            && encode(text).truncated();
    List<String> heads =
        query.heads().isEmpty() ? release.manifest().defaultHeads() : query.heads();
    List<Prediction.Answer> answers = new ArrayList<>();
    for (String head : heads) {
      answers.add(answer(head, query, release, support, labels));
    }
    Prediction.Basis basis =
        support.examples() > 0
            ? Prediction.Basis.EXAMPLES
            : support.rows() > 0 ? Prediction.Basis.LABEL_NAMES : Prediction.Basis.RELEASE_ALONE;
    return new Prediction(
        query.lineage(),
        query.task(),
        query.query(),
        logged.partition(),
        logged.offset(),
        inForce.fence().release(),
        inForce.fence().epoch(),
        support.digest(),
        support.examples(),
        labels.stream().map(l -> new Prediction.LabelCount(l, count(task, l))).toList(),
        basis,
        task.opened,
        truncated,
        "cpu",
        answers,
        OptionalDouble.empty());
  }

  private EncodedText encode(Features.TextFeatures text) {
    return encoder.encode(text.text());
  }

  private static int count(Task task, String label) {
    return (int) task.examples.stream().filter(e -> e.label().equals(label)).count();
  }

  private static SupportSet support(Task task, List<String> labels, int features) {
    SupportSet.Builder support = SupportSet.builder(features, labels.size());
    for (int way = 0; way < labels.size(); way++) {
      @Nullable Named named = task.names.get(labels.get(way));
      if (named != null) {
        support.name(way, named.vector());
      }
    }
    for (Example e : task.examples) {
      support.example(labels.indexOf(e.label()), e.vector());
    }
    return support.build();
  }

  private Prediction.Answer answer(
      String head,
      QueryAsked query,
      LoadedRelease release,
      SupportSet support,
      List<String> labels) {
    boolean yardstick = head.equals(Prediction.PROTOTYPE);
    LoadedRelease by = yardstick ? prototype(release.features()) : release;
    SupportSet seen = head.equals(Prediction.UNADAPTED) ? support.namesOnly() : support;
    AdaptedTask adapted = adapter.adapt(by, List.of(seen)).get(0);
    float[] scores =
        adapter
            .predict(
                by,
                List.of(new PredictQuery(adapted, "label", vector(query.features().orElseThrow()))))
            .get(0);
    List<Prediction.Score> ranked = new ArrayList<>();
    for (int way = 0; way < labels.size(); way++) {
      ranked.add(new Prediction.Score(new Target.LabelTarget(labels.get(way)), scores[way]));
    }
    ranked.sort((a, b) -> Double.compare(b.score(), a.score()));
    int k = Math.min(query.topK().orElse(Integer.MAX_VALUE), ranked.size());
    return new Prediction.Answer(head, by.manifest().learner(), ranked.subList(0, k));
  }

  private LoadedRelease prototype(int features) {
    return loaded.computeIfAbsent(
        "prototype", digest -> loader.load(Yardsticks.prototype(features)));
  }

  @Override
  public void close() {
    adapter.close();
    loaded.values().forEach(LoadedRelease::close);
  }
}
