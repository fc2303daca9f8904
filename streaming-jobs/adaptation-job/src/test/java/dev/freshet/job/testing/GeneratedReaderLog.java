package dev.freshet.job.testing;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.ItemFilter;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A seeded history of several users with everything that items bring: versions of the item table
 * that describe, withdraw and count, examples of items known and unknown, corrections, retractions,
 * questions for numbers, candidates and the best of the catalogue, exploration, segments.
 */
public final class GeneratedReaderLog {
  public static final int PARTITIONS = 2;
  private static final int TASKS = 5;
  private static final int IDS = 20;

  /** The last three are in no table: the log has to speak of them. */
  private static final int ITEMS = ReaderReleases.ITEMS + 3;

  private final Random random;
  private final List<Release> releases;
  private final LogBuilder log = new LogBuilder(PARTITIONS);
  private final List<String> asked = new ArrayList<>();
  private long epoch = 1;
  private long version;

  private GeneratedReaderLog(long seed, List<Release> releases) {
    this.random = new Random(seed);
    this.releases = releases;
    log.fence(ReaderReleases.fence(releases.get(0), epoch));
  }

  public static List<LoggedEvent> of(long seed, int events, List<Release> releases) {
    GeneratedReaderLog generated = new GeneratedReaderLog(seed, releases);
    for (int i = 0; i < events; i++) {
      generated.step(i);
    }
    return generated.log.log();
  }

  /** The same history, for as long as it is read. */
  public static Stream<LoggedEvent> endless(long seed, List<Release> releases) {
    GeneratedReaderLog generated = new GeneratedReaderLog(seed, releases);
    return generated.log.endless(generated::step);
  }

  private void step(int i) {
    log.later(random.nextInt(40_000));
    int dice = random.nextInt(200);
    if (dice < 3) {
      Release next = releases.get(random.nextInt(releases.size()));
      log.fence(ReaderReleases.fence(next, random.nextInt(5) == 0 ? epoch : ++epoch));
    } else if (dice < 20) {
      itemsChanged();
    } else {
      log.add(event(dice, "user-" + random.nextInt(TASKS), i));
    }
  }

  /** As a failure may leave them: now and then a version again, or in one partition alone. */
  private void itemsChanged() {
    version += random.nextInt(5) == 0 ? 0 : 1;
    List<ItemState> items = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      items.add(itemState("item-" + random.nextInt(ITEMS)));
    }
    List<SegmentState> segments = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      segments.add(
          new SegmentState(
              "user-" + random.nextInt(TASKS),
              List.of(new SegmentRow(item(), rating()), new SegmentRow(item(), rating()))));
    }
    ItemsChanged changed =
        new ItemsChanged(
            ReaderReleases.LINEAGE,
            Math.max(1, version),
            log.nowMillis() / 1000 - random.nextInt(500),
            items,
            segments);
    if (random.nextInt(6) == 0) {
      log.fence(changed, random.nextInt(PARTITIONS));
    } else {
      log.fence(changed);
    }
  }

  private ItemState itemState(String item) {
    int count = random.nextInt(30);
    Optional<List<String>> attributes =
        random.nextInt(3) == 0
            ? Optional.of(List.of(ReaderReleases.genre(random.nextInt(2))))
            : Optional.empty();
    return new ItemState(
        item, attributes, random.nextInt(4) > 0, count, 3.5 * count, count / 3.0, 1_500);
  }

  private TaskEvent.OfTask event(int dice, String task, int i) {
    String lineage = ReaderReleases.LINEAGE;
    if (dice < 35) {
      return new TaskOpened(
          lineage, task, List.of(), policy(), parent(task), random.nextInt(4) == 0);
    } else if (dice < 38) {
      return new TaskClosed(lineage, task);
    } else if (dice < 100) {
      return new ExampleAdded(lineage, task, id(), features(), new Target.NumberTarget(rating()));
    } else if (dice < 112) {
      return new ExampleRetracted(lineage, task, random.nextInt(4) == 0 ? outcomeId() : id());
    } else if (dice < 125 && !asked.isEmpty()) {
      String query = asked.get(random.nextInt(asked.size()));
      Optional<String> item = random.nextBoolean() ? Optional.of(item()) : Optional.empty();
      return new OutcomeObserved(lineage, task, query, new Target.NumberTarget(rating()), item);
    }
    asked.add("q" + i);
    return query(task, "q" + i);
  }

  private QueryAsked query(String task, String query) {
    String lineage = ReaderReleases.LINEAGE;
    if (random.nextInt(3) == 0) {
      return new QueryAsked(
          lineage,
          task,
          query,
          Optional.of(features()),
          heads(List.of("rank", "rating", Prediction.UNADAPTED)),
          List.of(),
          OptionalInt.empty());
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int n = random.nextInt(6); n > 0; n--) {
      candidates.add(new Candidate(item(), Optional.empty()));
    }
    OptionalInt topK =
        candidates.isEmpty() || random.nextBoolean()
            ? OptionalInt.of(1 + random.nextInt(20))
            : OptionalInt.empty();
    List<String> heads = heads(List.of("rating", Prediction.UNADAPTED));
    return new QueryAsked(
        lineage,
        task,
        query,
        Optional.empty(),
        heads,
        candidates,
        topK,
        filter(),
        exploration(!heads.isEmpty()));
  }

  private List<String> heads(List<String> named) {
    return random.nextBoolean() ? List.of() : named;
  }

  private Optional<ItemFilter> filter() {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(
            new ItemFilter(
                random.nextBoolean(),
                false,
                random.nextBoolean() ? List.of() : List.of(ReaderReleases.genre(0))));
  }

  /** Only a head for numbers has a posterior to draw from. */
  private Optional<Exploration> exploration(boolean ofNumbers) {
    return switch (random.nextInt(ofNumbers ? 4 : 3)) {
      case 0 -> Optional.of(new Exploration(Exploration.Policy.EPSILON, 0.5));
      case 1 -> Optional.of(new Exploration(Exploration.Policy.GREEDY, 0));
      case 3 -> Optional.of(new Exploration(Exploration.Policy.THOMPSON, 0));
      default -> Optional.empty();
    };
  }

  private Optional<String> parent(String task) {
    String parent = "user-" + random.nextInt(TASKS);
    return random.nextBoolean() || parent.equals(task) ? Optional.empty() : Optional.of(parent);
  }

  private Optional<SupportPolicy> policy() {
    SupportPolicy policy =
        SupportPolicy.DEFAULT
            .withExamplesMax(64, 3 + random.nextInt(8))
            .withUnknownItemsKept(random.nextBoolean());
    return switch (random.nextInt(3)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(policy);
      default -> Optional.of(policy.withOutcomesAsExamples());
    };
  }

  private Features features() {
    return new Features.ItemFeatures(item());
  }

  private String item() {
    return "item-" + random.nextInt(ITEMS);
  }

  private double rating() {
    return 1 + random.nextInt(5);
  }

  private String id() {
    return "e" + random.nextInt(IDS);
  }

  private String outcomeId() {
    return asked.isEmpty() ? id() : "outcome:" + asked.get(random.nextInt(asked.size()));
  }
}
