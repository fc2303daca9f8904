package dev.freshet.job.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskFoldTest {
  private static final String LINEAGE = "categories";
  private static final String TASK = "toys";
  private final TaskStore store = new InMemoryTaskStore();
  private final TaskFold fold = new TaskFold();
  private long offset;
  private long nowMillis = 1_000;

  @Test
  void keepsExamplesInLogOrderAndCountsThemByLabel() {
    apply(example("e1", "cars", 1), example("e2", "dolls", 2), example("e3", "cars", 3));

    assertThat(ids()).containsExactly("e1", "e2", "e3");
    assertThat(labels()).containsExactly(new LabelCount("cars", 2), new LabelCount("dolls", 1));
  }

  @Test
  void theSameExampleAgainIsARepetitionAndAnotherContentACorrection() {
    apply(example("e1", "cars", 1), example("e2", "cars", 2));

    assertThat(apply(example("e1", "cars", 1))).isEqualTo(Effect.REPEATED);
    assertThat(ids()).containsExactly("e1", "e2");
    assertThat(apply(example("e1", "dolls", 1))).isEqualTo(Effect.LEARNED);
    assertThat(ids()).containsExactly("e2", "e1");
  }

  @Test
  void anExampleThatComesAfterItsRetractionStaysOut() {
    assertThat(apply(new ExampleRetracted(LINEAGE, TASK, "e1"))).isEqualTo(Effect.RETRACTED_UNSEEN);
    assertThat(apply(example("e1", "cars", 1))).isEqualTo(Effect.RETRACTED_BEFORE);
    assertThat(ids()).isEmpty();
  }

  @Test
  void aRetractionIsForgottenWhenItsTombstoneIsOld() {
    apply(new ExampleRetracted(LINEAGE, TASK, "e1"));
    nowMillis += SupportPolicy.DEFAULT.tombstoneAgeMax().toMillis() + 1;

    assertThat(apply(example("e1", "cars", 1))).isEqualTo(Effect.LEARNED);
  }

  @Test
  void theOldestExamplesGoFirstByLabelAndByTask() {
    apply(opened(SupportPolicy.DEFAULT.withExamplesMax(2, 3)));
    apply(
        example("a1", "a", 1),
        example("a2", "a", 2),
        example("a3", "a", 3),
        example("b1", "b", 4),
        example("b2", "b", 5));

    assertThat(ids()).containsExactly("a3", "b1", "b2");
  }

  @Test
  void examplesExpireByTheTimeOfTheLog() {
    apply(opened(SupportPolicy.DEFAULT.withExampleAgeMax(Duration.ofMillis(100))));
    apply(example("old", "cars", 1));
    nowMillis += 60;
    apply(example("young", "cars", 2));
    nowMillis += 60;
    apply(query("q"));

    assertThat(ids()).containsExactly("young");
  }

  @Test
  void aLabelNobodyNamedLeavesWithItsLastExample() {
    apply(example("e1", "cars", 1), example("e2", "dolls", 2));
    apply(new ExampleRetracted(LINEAGE, TASK, "e1"));

    assertThat(labels()).containsExactly(new LabelCount("dolls", 1));
  }

  @Test
  void namedLabelsStandInTheOrderInWhichTheyWereNamed() {
    apply(named("b", "a"), named("c"), example("e1", "a", 1));

    assertThat(labels())
        .containsExactly(new LabelCount("b", 0), new LabelCount("a", 1), new LabelCount("c", 0));
  }

  @Test
  void aLabelBeyondThePolicyIsRefusedAndChangesNothing() {
    apply(opened(SupportPolicy.DEFAULT.withLabelsMax(1)), example("e1", "a", 1));
    long version = store.header().version();

    assertThat(apply(example("e2", "b", 2))).isEqualTo(Effect.TOO_MANY_LABELS);
    assertThat(apply(named("b"))).isEqualTo(Effect.TOO_MANY_LABELS);
    assertThat(store.header().version()).isEqualTo(version);
    assertThat(ids()).containsExactly("e1");
  }

  @Test
  void outcomesBecomeExamplesOnlyIfThePolicySaysSo() {
    apply(query("q1"));
    assertThat(apply(outcome("q1", "cars"))).isEqualTo(Effect.OUTCOME_IGNORED);

    apply(opened(SupportPolicy.DEFAULT.withOutcomesAsExamples()), query("q2"));
    assertThat(apply(outcome("q2", "cars"))).isEqualTo(Effect.OUTCOME_LEARNED);
    assertThat(apply(outcome("q2", "dolls"))).as("doubled").isEqualTo(Effect.OUTCOME_IGNORED);
    assertThat(apply(outcome("never", "cars"))).isEqualTo(Effect.OUTCOME_IGNORED);
    assertThat(ids()).containsExactly("outcome:q2");
  }

  @Test
  void anOutcomeThatBecameAnExampleCanBeRetracted() {
    apply(opened(SupportPolicy.DEFAULT.withOutcomesAsExamples()), query("q"));
    apply(outcome("q", "cars"), new ExampleRetracted(LINEAGE, TASK, "outcome:q"));

    assertThat(ids()).isEmpty();
  }

  @Test
  void anOutcomeThatComesTooLateIsNoExample() {
    apply(opened(SupportPolicy.DEFAULT.withOutcomesAsExamples()), query("q"));
    nowMillis += SupportPolicy.DEFAULT.pendingQueryAgeMax().toMillis() + 1;

    assertThat(apply(outcome("q", "cars"))).isEqualTo(Effect.OUTCOME_IGNORED);
  }

  @Test
  void everyKindOfStateHasALimit() {
    SupportPolicy policy =
        new SupportPolicy(
            2,
            2,
            2,
            SupportPolicy.UNLIMITED,
            3,
            Duration.ofDays(1),
            true,
            4,
            Duration.ofDays(1),
            true);
    apply(opened(policy));
    for (int i = 0; i < 50; i++) {
      nowMillis++;
      apply(
          query("q" + i),
          new ExampleRetracted(LINEAGE, TASK, "gone" + i),
          example("e" + i, "cars", i));
    }

    assertThat(store.examples()).hasSize(2);
    assertThat(store.tombstones()).containsOnlyKeys("gone47", "gone48", "gone49");
    assertThat(store.pendingQueries()).containsOnlyKeys("q46", "q47", "q48", "q49");
  }

  @Test
  void aPolicyThatShrinksDropsTheOldestOfEveryKindAtOnce() {
    apply(opened(SupportPolicy.DEFAULT.withOutcomesAsExamples()));
    for (int i = 0; i < 60; i++) {
      nowMillis++;
      apply(
          query("q" + i),
          new ExampleRetracted(LINEAGE, TASK, "gone" + i),
          example("e" + i, i % 3 == 0 ? "cars" : "dolls", i));
    }

    apply(
        opened(
            new SupportPolicy(
                9,
                3,
                5,
                SupportPolicy.UNLIMITED,
                2,
                Duration.ofDays(1),
                true,
                1,
                Duration.ofDays(1),
                true)));

    assertThat(ids()).containsExactly("e54", "e56", "e57", "e58", "e59");
    assertThat(labels()).containsExactly(new LabelCount("cars", 2), new LabelCount("dolls", 3));
    assertThat(store.tombstones()).containsOnlyKeys("gone58", "gone59");
    assertThat(store.pendingQueries()).containsOnlyKeys("q59");
    assertThat(store.header().tombstones()).isEqualTo(2);
    assertThat(store.header().pending()).isEqualTo(1);
  }

  /** Ten thousand examples go in one reading: reading all for each would take minutes on disk. */
  @Test
  void aLargeTaskShrinksInOneReading() {
    apply(opened(SupportPolicy.DEFAULT.withExamplesMax(1_000, 1_000)));
    for (int i = 0; i < 1_000; i++) {
      apply(example("e" + i, "cars", i));
    }
    AtomicInteger readings = new AtomicInteger();

    fold.apply(
        stamped(opened(SupportPolicy.DEFAULT.withExamplesMax(1, 1))), counting(store, readings));

    assertThat(ids()).containsExactly("e999");
    assertThat(readings).hasValue(1);
  }

  private static TaskStore counting(TaskStore store, AtomicInteger readings) {
    Object counting =
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {TaskStore.class},
            (proxy, method, arguments) -> {
              boolean reads = List.of("examples", "oldest").contains(method.getName());
              readings.addAndGet(reads ? 1 : 0);
              return method.invoke(store, arguments);
            });
    return (TaskStore) counting;
  }

  @Test
  void askingATaskOfWhichNothingWasSaidLeavesNothingBehind() {
    apply(query("q"), outcome("q", "cars"));

    assertThat(store.header()).isEqualTo(TaskHeader.NONE);
  }

  @Test
  void aForgottenRetractionIsForgottenInTheHeaderToo() {
    SupportPolicy none =
        new SupportPolicy(
            9,
            9,
            9,
            SupportPolicy.UNLIMITED,
            0,
            Duration.ofDays(1),
            false,
            0,
            Duration.ofDays(1),
            true);
    apply(new ExampleRetracted(LINEAGE, TASK, "gone"), opened(none));

    assertThat(store.tombstones()).isEmpty();
    assertThat(store.header().tombstones()).isZero();
  }

  @Test
  void closingForgetsEverything() {
    apply(named("a"), example("e1", "a", 1), new TaskClosed(LINEAGE, TASK));

    assertThat(store.header()).isEqualTo(TaskHeader.NONE);
    assertThat(store.examples()).isEmpty();
    assertThat(store.names()).isEmpty();
  }

  @Test
  void queriesDoNotChangeTheVersionThatTellsACacheItIsCurrent() {
    apply(example("e1", "cars", 1));
    long version = store.header().version();
    apply(query("q1"), query("q2"));

    assertThat(store.header().version()).isEqualTo(version);
  }

  private Effect apply(TaskEvent.OfTask... events) {
    Effect last = Effect.CLOSED;
    for (TaskEvent.OfTask event : events) {
      last = fold.apply(stamped(event), store);
    }
    return last;
  }

  private StampedEvent stamped(TaskEvent.OfTask event) {
    List<float[]> vectors =
        event instanceof TaskOpened opened
            ? opened.labels().stream().map(label -> new float[] {label.id().hashCode()}).toList()
            : List.of(new float[] {1});
    return new StampedEvent(
            new LoggedEvent(0, offset++, nowMillis, null, null),
            event,
            new ReleaseStamp("r", "d", 1))
        .withVectors(vectors, false);
  }

  private List<String> ids() {
    return store.examples().stream().map(StoredExample::id).toList();
  }

  private List<LabelCount> labels() {
    return Support.of(store, 1, true, Optional.empty()).labels();
  }

  private static TaskOpened opened(SupportPolicy policy) {
    return new TaskOpened(LINEAGE, TASK, List.of(), Optional.of(policy), Optional.empty());
  }

  private static TaskOpened named(String... labels) {
    return new TaskOpened(
        LINEAGE, TASK, Stream.of(labels).map(id -> new Label(id, "name of " + id)).toList());
  }

  private static ExampleAdded example(String id, String label, float x) {
    return new ExampleAdded(
        LINEAGE, TASK, id, new Features.VectorFeatures(x), new Target.LabelTarget(label));
  }

  private static QueryAsked query(String id) {
    return new QueryAsked(LINEAGE, TASK, id, new Features.VectorFeatures(9f));
  }

  private static OutcomeObserved outcome(String query, String label) {
    return new OutcomeObserved(LINEAGE, TASK, query, new Target.LabelTarget(label));
  }
}
