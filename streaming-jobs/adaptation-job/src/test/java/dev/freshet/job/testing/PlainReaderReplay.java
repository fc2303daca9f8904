package dev.freshet.job.testing;

import dev.freshet.adaptation.exploration.Beliefs;
import dev.freshet.adaptation.exploration.Choice;
import dev.freshet.adaptation.exploration.ChoicePolicy;
import dev.freshet.adaptation.exploration.DrawSeed;
import dev.freshet.adaptation.exploration.EpsilonPolicy;
import dev.freshet.adaptation.exploration.GreedyPolicy;
import dev.freshet.adaptation.exploration.IndependentBeliefs;
import dev.freshet.adaptation.exploration.ThompsonPolicy;
import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.items.ItemChange;
import dev.freshet.adaptation.items.ItemMoment;
import dev.freshet.adaptation.items.SegmentPrior;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.ItemFilter;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Basis;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the job does with items, written a second time as plainly as can be: one event after the
 * other, one task a call, the item table made anew from all changes at every event, orders made by
 * asking for every item's score. See {@link PlainReplay}.
 */
public final class PlainReaderReplay implements AutoCloseable {
  private static final TaskEventCodec EVENTS = new TaskEventCodec();
  private static final RecordCodec<Prediction> PREDICTIONS = RecordCodec.predictions();

  private final Map<String, LoadedRelease> releases = new HashMap<>();
  private final Adapter adapter = new Adapter();
  private final Map<String, Long> counts = new TreeMap<>();

  public PlainReaderReplay(List<Release> all) {
    ReleaseLoader loader = new ReleaseLoader(Device.CPU);
    all.forEach(release -> releases.put(release.digest(), loader.load(release)));
  }

  private record Item(String id, ItemMoment moment) {}

  private record Example(String id, long millis, Item item, double value) {}

  private record Pending(long offset, long millis, Optional<Item> item) {}

  private static final class Task {
    private boolean opened;
    private SupportPolicy policy = SupportPolicy.DEFAULT;
    private long clock = Long.MIN_VALUE;
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Long> tombstones = new HashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private List<Example> prior = List.of();
    private boolean segment;

    void trim() {
      while (examples.size() > policy.examplesPerTaskMax()) {
        examples.remove(0);
      }
    }
  }

  /** All that a partition has said so far. */
  private static final class Partition {
    private ReleaseActivated fence = new ReleaseActivated("none", "none", "0".repeat(64), 1);
    private boolean active;
    private long version;
    private long asOf = Long.MIN_VALUE;
    private String label = "0";
    private final List<ItemChange> changes = new ArrayList<>();
    private final Map<String, List<SegmentRow>> segments = new HashMap<>();
  }

  /** The prediction of every query, encoded, by its position. */
  public SortedMap<Position, byte[]> run(List<LoggedEvent> log) throws Exception {
    SortedMap<Position, byte[]> predictions = new TreeMap<>();
    Map<Integer, Partition> partitions = new HashMap<>();
    Map<String, Task> tasks = new HashMap<>();
    for (LoggedEvent logged : log) {
      Partition partition =
          partitions.computeIfAbsent(logged.partition(), unused -> new Partition());
      TaskEvent event = decode(logged);
      if (event instanceof ReleaseActivated fence) {
        if (!partition.active || fence.epoch() > partition.fence.epoch()) {
          partition.fence = fence;
          partition.active = true;
        }
      } else if (event instanceof ItemsChanged changed) {
        change(partition, changed, Objects.requireNonNull(logged.value()));
      } else if (event instanceof TaskEvent.OfTask ofTask) {
        step(logged, ofTask, tasks, partition)
            .ifPresent(
                prediction ->
                    predictions.put(
                        new Position(logged.partition(), logged.offset()),
                        PREDICTIONS.encode(prediction)));
      }
    }
    return predictions;
  }

  private static TaskEvent decode(LoggedEvent logged) throws UndecodableException {
    return EVENTS.decode(Objects.requireNonNull(logged.value()));
  }

  private static void change(Partition partition, ItemsChanged changed, byte[] bytes)
      throws Exception {
    if (changed.version() <= partition.version) {
      return;
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(partition.label.getBytes(StandardCharsets.UTF_8));
    String chained = HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), 8));
    partition.version = changed.version();
    partition.label = changed.version() + "-" + chained;
    partition.asOf = Math.max(partition.asOf, changed.asOfSeconds());
    for (ItemState state : changed.items()) {
      partition.changes.add(
          new ItemChange(
              state.item(),
              state.attributes().orElse(List.of()),
              state.attributes().isPresent(),
              state.available(),
              state.count(),
              state.sum(),
              state.recent(),
              state.recentAtSeconds()));
    }
    changed.segments().forEach(segment -> partition.segments.put(segment.task(), segment.rows()));
  }

  private Optional<Prediction> step(
      LoggedEvent logged, TaskEvent.OfTask event, Map<String, Task> tasks, Partition partition) {
    if (event instanceof TaskOpened opened
        && opened.parent().isPresent()
        && !partition.segments.containsKey(opened.parent().get())) {
      return Optional.empty();
    }
    if (event instanceof TaskClosed) {
      Optional.ofNullable(tasks.remove(event.task())).ifPresent(this::leave);
      return Optional.empty();
    }
    LoadedRelease release = Objects.requireNonNull(releases.get(partition.fence.digest()));
    Catalogue bare = Catalogue.of(release.items().orElseThrow());
    Catalogue items = bare.with(partition.changes, Math.max(bare.asOfSeconds(), partition.asOf));
    Task task = tasks.computeIfAbsent(event.task(), unused -> new Task());
    task.clock = Math.max(task.clock, logged.timestampMillis());
    Optional<Prediction> prediction =
        event instanceof QueryAsked query
            ? Optional.of(predict(logged, query, task, partition, release, items))
            : Optional.empty();
    fold(logged, event, task, partition, items);
    task.trim();
    return prediction;
  }

  /** Examples of each item, of tasks that are no segments: what was not taken back. */
  public Map<String, Long> counts() {
    return counts;
  }

  private void leave(Task task) {
    task.examples.forEach(example -> count(task, example, -1));
  }

  private void count(Task task, Example example, long change) {
    if (!task.segment) {
      counts.merge(example.item().id(), change, Long::sum);
    }
  }

  private void fold(
      LoggedEvent logged, TaskEvent.OfTask event, Task task, Partition partition, Catalogue items) {
    if (event instanceof TaskOpened opened) {
      if (opened.segment() && !task.segment) {
        leave(task);
        task.segment = true;
      }
      task.opened = true;
      task.policy = opened.policy().orElse(task.policy);
      opened
          .parent()
          .ifPresent(
              parent ->
                  task.prior =
                      partition.segments.getOrDefault(parent, List.of()).stream()
                          .map(row -> new Example("", 0, item(row.item(), items), row.number()))
                          .toList());
    } else if (event instanceof ExampleAdded added) {
      Item item = item(((ItemFeatures) added.features()).item(), items);
      add(logged, task, added.example(), added.target(), item, items);
    } else if (event instanceof ExampleRetracted retracted) {
      remove(task, retracted.example());
      task.tombstones.put(retracted.example(), task.clock);
    } else if (event instanceof QueryAsked query && task.policy.outcomesAreExamples()) {
      Optional<Item> item =
          query.features().map(features -> item(((ItemFeatures) features).item(), items));
      task.pending.put(query.query(), new Pending(logged.offset(), task.clock, item));
    } else if (event instanceof OutcomeObserved outcome && task.policy.outcomesAreExamples()) {
      Pending pending = task.pending.remove(outcome.query());
      if (pending != null) {
        Optional<Item> about =
            pending.item().or(() -> outcome.item().map(chosen -> item(chosen, items)));
        about.ifPresent(
            item -> add(logged, task, "outcome:" + outcome.query(), outcome.target(), item, items));
      }
    }
  }

  private static Item item(String id, Catalogue items) {
    return new Item(id, items.moment(id));
  }

  private void remove(Task task, String id) {
    task.examples.stream()
        .filter(e -> e.id().equals(id))
        .forEach(example -> count(task, example, -1));
    task.examples.removeIf(e -> e.id().equals(id));
  }

  private void add(
      LoggedEvent logged, Task task, String id, Target target, Item item, Catalogue items) {
    double value = ((Target.NumberTarget) target).value();
    boolean refused = !task.policy.unknownItemsKept() && !items.knows(item.id());
    boolean repeated =
        task.examples.stream()
            .anyMatch(
                e -> e.id().equals(id) && e.item().id().equals(item.id()) && e.value() == value);
    if (task.tombstones.containsKey(id) || refused || repeated) {
      return;
    }
    remove(task, id);
    Example example = new Example(id, logged.timestampMillis(), item, value);
    task.examples.add(example);
    count(task, example, 1);
  }

  private Prediction predict(
      LoggedEvent logged,
      QueryAsked query,
      Task task,
      Partition partition,
      LoadedRelease release,
      Catalogue items) {
    SupportSet.Builder builder = SupportSet.builder(release.features(), 1);
    for (Example row : SegmentPrior.DEFAULT.beside(task.prior, task.examples.size())) {
      builder.prior((float) row.value(), SupportVector.of(row(row, items)));
    }
    task.examples.forEach(e -> builder.scored((float) e.value(), row(e, items)));
    SupportSet support = builder.build();
    String main = query.features().isPresent() ? "rating" : "rank";
    List<String> heads = query.heads().isEmpty() ? List.of(main) : query.heads();
    List<Answer> answers = new ArrayList<>();
    OptionalDouble propensity = OptionalDouble.empty();
    for (String head : heads) {
      boolean unadapted = head.equals(Prediction.UNADAPTED);
      AdaptedTask adapted =
          adapter.adapt(release, List.of(unadapted ? support.namesOnly() : support)).get(0);
      String graphHead = unadapted ? main : head;
      if (query.features().isPresent()) {
        String item = ((ItemFeatures) query.features().get()).item();
        double number = score(release, adapted, graphHead, items.row(item));
        answers.add(answer(release, head, List.of(new Score(number(number), number))));
        continue;
      }
      List<Score> ranked = ranked(query, task, release, items, adapted, graphHead);
      if (answers.isEmpty() && query.exploration().isPresent() && !ranked.isEmpty()) {
        Beliefs beliefs = beliefs(query, ranked, release, items, adapted, graphHead);
        Choice choice = choice(logged, query, beliefs);
        ranked.add(0, ranked.remove(choice.candidate()));
        propensity = OptionalDouble.of(choice.propensity());
      }
      int most = query.topK().orElse(query.candidates().size());
      answers.add(answer(release, head, ranked.subList(0, Math.min(most, ranked.size()))));
    }
    Basis basis = support.rows() > 0 ? Basis.SEGMENT : Basis.RELEASE_ALONE;
    return new Prediction(
        query.lineage(),
        query.task(),
        query.query(),
        logged.partition(),
        logged.offset(),
        partition.fence.release(),
        partition.fence.epoch(),
        support.digest(),
        task.examples.size(),
        List.of(),
        task.examples.isEmpty() ? basis : Basis.EXAMPLES,
        task.opened,
        false,
        "cpu",
        answers,
        propensity,
        Optional.of(partition.label));
  }

  private static float[] row(Example example, Catalogue items) {
    return items.row(example.item().id(), example.item().moment());
  }

  private static Target number(double number) {
    return new Target.NumberTarget(number);
  }

  private static Answer answer(LoadedRelease release, String head, List<Score> scores) {
    return new Answer(head, release.manifest().learner(), scores);
  }

  private double score(LoadedRelease release, AdaptedTask adapted, String head, float[] row) {
    return adapter.predict(release, List.of(new PredictQuery(adapted, head, row))).get(0)[0];
  }

  private List<Score> ranked(
      QueryAsked query,
      Task task,
      LoadedRelease release,
      Catalogue items,
      AdaptedTask adapted,
      String head) {
    boolean whole = query.candidates().isEmpty();
    ItemFilter filter = query.filter().orElse(whole ? ItemFilter.DEFAULT : ItemFilter.NONE);
    List<String> asked = new ArrayList<>();
    if (whole) {
      for (int position = 0; position < items.size(); position++) {
        asked.add(items.id(position));
      }
    } else {
      query.candidates().stream().map(Candidate::item).forEach(asked::add);
    }
    List<Score> ranked = new ArrayList<>();
    for (String item : asked) {
      int position = items.position(item);
      boolean seen = task.examples.stream().anyMatch(e -> e.item().id().equals(item));
      boolean withdrawn = position >= 0 && !items.available(position);
      boolean fits =
          filter.attributes().isEmpty()
              || (position >= 0
                  && items.attributes(position).stream().anyMatch(filter.attributes()::contains));
      if (fits && (filter.seen() || !seen) && (!withdrawn || filter.unavailable())) {
        ranked.add(
            new Score(new Target.ItemTarget(item), score(release, adapted, head, items.row(item))));
      }
    }
    ranked.sort(Comparator.comparingDouble(Score::score).reversed());
    // Only what could be answered of a whole catalogue is chosen from.
    int most = whole ? query.topK().orElseThrow() : ranked.size();
    return new ArrayList<>(ranked.subList(0, Math.min(most, ranked.size())));
  }

  private Beliefs beliefs(
      QueryAsked query,
      List<Score> ranked,
      LoadedRelease release,
      Catalogue items,
      AdaptedTask adapted,
      String head) {
    return query.exploration().orElseThrow().policy() == Exploration.Policy.THOMPSON
        ? adapter.beliefs(
            release,
            head,
            adapted,
            ranked.stream()
                .map(score -> items.row(((Target.ItemTarget) score.target()).item()))
                .toList())
        : IndependentBeliefs.certain(ranked.stream().mapToDouble(Score::score).toArray());
  }

  private static Choice choice(LoggedEvent logged, QueryAsked query, Beliefs beliefs) {
    Exploration exploration = query.exploration().orElseThrow();
    ChoicePolicy policy =
        switch (exploration.policy()) {
          case EPSILON -> new EpsilonPolicy(exploration.epsilon());
          case GREEDY -> new GreedyPolicy();
          case THOMPSON -> new ThompsonPolicy(ThompsonPolicy.DRAWS, 64);
        };
    return policy.choose(
        beliefs,
        new DrawSeed(
            logged.partition(), logged.offset(), query.lineage(), query.task(), query.query()));
  }

  @Override
  public void close() {
    adapter.close();
    releases.values().forEach(LoadedRelease::close);
  }
}
