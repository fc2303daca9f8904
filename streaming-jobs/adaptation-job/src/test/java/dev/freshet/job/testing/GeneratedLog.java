package dev.freshet.job.testing;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A seeded history of several tasks with everything interleaved: examples, corrections,
 * repetitions, retractions before and after, queries, outcomes, closings, tight policies, fences.
 */
public final class GeneratedLog {
  public static final int PARTITIONS = 2;
  public static final String LAST_QUERY = "last";
  private static final int TASKS = 4;
  private static final int LABELS = 5;
  private static final int IDS = 25;

  private final Random random;
  private final List<Release> releases;
  private final LogBuilder log = new LogBuilder(PARTITIONS);
  private final List<String> asked = new ArrayList<>();
  private long epoch = 1;

  private GeneratedLog(long seed, List<Release> releases) {
    this.random = new Random(seed);
    this.releases = releases;
    log.fence(TestReleases.fence(releases.get(0), epoch));
  }

  public static List<LoggedEvent> of(long seed, int events, List<Release> releases) {
    GeneratedLog generated = new GeneratedLog(seed, releases);
    for (int i = 0; i < events; i++) {
      generated.step(i);
    }
    return generated.log.log();
  }

  /** The same history, for as long as it is read. */
  public static Stream<LoggedEvent> endless(long seed, List<Release> releases) {
    GeneratedLog generated = new GeneratedLog(seed, releases);
    return generated.log.endless(generated::step);
  }

  /** A query for every task, to be appended last: who has answered them has read it all. */
  public static List<LoggedEvent> lastQueries() {
    LogBuilder log = new LogBuilder(PARTITIONS);
    Features text = new Features.TextFeatures("the last");
    for (int i = 0; i < TASKS; i++) {
      log.add(new QueryAsked(TestReleases.LINEAGE, "task-" + i, LAST_QUERY, text));
    }
    return log.log();
  }

  private void step(int i) {
    log.later(random.nextInt(20));
    int dice = random.nextInt(200);
    if (dice < 3) {
      Release next = releases.get(random.nextInt(releases.size()));
      log.fence(TestReleases.fence(next, random.nextInt(5) == 0 ? epoch : ++epoch));
    } else {
      log.add(event(dice, "task-" + random.nextInt(TASKS), i));
    }
  }

  private TaskEvent.OfTask event(int dice, String task, int i) {
    String lineage = TestReleases.LINEAGE;
    if (dice < 15) {
      return new TaskOpened(lineage, task, labels(), policy(), Optional.empty());
    } else if (dice < 17) {
      return new TaskClosed(lineage, task);
    } else if (dice < 85) {
      return new ExampleAdded(lineage, task, id(), features(), label());
    } else if (dice < 100) {
      return new ExampleRetracted(lineage, task, random.nextInt(4) == 0 ? outcomeId() : id());
    } else if (dice < 120 && !asked.isEmpty()) {
      String query = asked.get(random.nextInt(asked.size()));
      return new OutcomeObserved(lineage, task, query, label());
    }
    asked.add("q" + i);
    return new QueryAsked(
        lineage,
        task,
        "q" + i,
        Optional.of(features()),
        heads(),
        List.of(),
        random.nextInt(4) == 0 ? OptionalInt.of(2) : OptionalInt.empty());
  }

  private List<String> heads() {
    return random.nextBoolean()
        ? List.of()
        : List.of("label", Prediction.UNADAPTED, Prediction.PROTOTYPE);
  }

  private String id() {
    return "e" + random.nextInt(IDS);
  }

  private String outcomeId() {
    return asked.isEmpty() ? id() : "outcome:" + asked.get(random.nextInt(asked.size()));
  }

  private Target label() {
    return new Target.LabelTarget("label-" + random.nextInt(LABELS));
  }

  private List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < LABELS; i++) {
      if (random.nextInt(3) == 0) {
        labels.add(new Label("label-" + i, "name " + random.nextInt(2) + " of label " + i));
      }
    }
    return labels;
  }

  private Optional<SupportPolicy> policy() {
    SupportPolicy policy =
        SupportPolicy.DEFAULT
            .withLabelsMax(3 + random.nextInt(3))
            .withExamplesMax(1 + random.nextInt(4), 4 + random.nextInt(8));
    if (random.nextBoolean()) {
      policy = policy.withExampleAgeMax(Duration.ofMillis(200 + random.nextInt(2_000)));
    }
    if (random.nextBoolean()) {
      policy = policy.withOutcomesAsExamples();
    }
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(policy);
  }

  private Features features() {
    if (random.nextBoolean()) {
      return new Features.TextFeatures("word" + random.nextInt(9) + " thing" + random.nextInt(9));
    }
    float[] vector = new float[WordEncoder.DIMENSION];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return new Features.VectorFeatures(vector);
  }
}
