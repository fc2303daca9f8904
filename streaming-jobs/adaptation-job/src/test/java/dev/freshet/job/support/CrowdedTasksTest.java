package dev.freshet.job.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of tasks with many examples is what their state says. */
class CrowdedTasksTest {
  private static final String LINEAGE = "categories";
  private static final SupportPolicy POLICY = SupportPolicy.DEFAULT.withExamplesMax(140, 220);
  private static final int EVENTS = 3_000;

  /** Folds in keyed state and tells, after each event, what is in force of its task. */
  private static final class FoldOperator extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<StampedEvent, String> {
    private static final long serialVersionUID = 1L;
    private transient @Nullable KeyedTaskStore store;

    @Override
    public void open() throws Exception {
      super.open();
      store = new KeyedTaskStore(getKeyedStateStore(), this::getCurrentKey);
    }

    @Override
    public void processElement(StreamRecord<StampedEvent> element) {
      output.collect(new StreamRecord<>(folded(element.getValue(), Objects.requireNonNull(store))));
    }
  }

  private static String folded(StampedEvent event, TaskStore store) {
    Effect effect = new TaskFold().apply(event, store);
    return effect + " " + store.header().examples() + " " + ids(store);
  }

  private static List<String> ids(TaskStore store) {
    return store.examples().stream().map(StoredExample::id).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  void aFullTaskEvictsWhatAPlainOneWouldAlsoAfterARestore(String backend) throws Exception {
    List<StampedEvent> log = log();
    Map<String, TaskStore> plain = new HashMap<>();
    List<String> expected = new ArrayList<>();
    for (StampedEvent event : log) {
      TaskStore store = plain.computeIfAbsent(event.taskKey(), unused -> new InMemoryTaskStore());
      expected.add(folded(event, store));
    }

    List<String> actual = new ArrayList<>();
    OperatorSubtaskState snapshot;
    try (var before = harness(backend)) {
      before.open();
      for (StampedEvent event : log.subList(0, EVENTS / 2)) {
        before.processElement(event, 0);
      }
      snapshot = before.snapshot(1, 1);
      actual.addAll(before.extractOutputValues());
    }
    try (var after = harness(backend)) {
      after.initializeState(snapshot);
      after.open();
      for (StampedEvent event : log.subList(EVENTS / 2, log.size())) {
        after.processElement(event, 0);
      }
      actual.addAll(after.extractOutputValues());
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void remembersWithinItsBytesAndForgetsTheTaskUsedLongestAgo() {
    TaskStore store = new InMemoryTaskStore();
    log().stream()
        .filter(
            event -> event.taskKey().endsWith("/crowd") && !(event.event() instanceof TaskClosed))
        .forEach(event -> new TaskFold().apply(event, store));
    List<StoredExample> many = store.examples();
    long bytes = many.stream().mapToLong(StoredExample::bytes).sum();
    CrowdedTasks crowded = new CrowdedTasks(bytes + bytes / 2);

    crowded.remember("first", many);
    assertThat(crowded.examples("first").orElseThrow()).containsExactlyElementsOf(many);
    crowded.remember("second", many);

    assertThat(crowded.examples("first")).isEmpty();
    assertThat(crowded.examples("second").orElseThrow()).containsExactlyElementsOf(many);
    crowded.remember("few", many.subList(0, CrowdedTasks.EXAMPLES_MIN - 1));
    assertThat(crowded.examples("few")).isEmpty();
  }

  @Test
  void whatThePolicyEvictsIsToldAndWhatIsRetractedIsNot() {
    TaskStore store = new InMemoryTaskStore();
    int[] evicted = {0};
    ItemTally tally =
        new ItemTally() {
          @Override
          public void count(String item, double value, boolean joined, long atMillis) {}

          @Override
          public void evicted() {
            evicted[0]++;
          }
        };
    long offset = 0;
    for (int i = 0; i < 5; i++) {
      apply(stamped(offset++, example("t", "e" + i, "a")), store, tally);
    }
    apply(stamped(offset++, new ExampleRetracted(LINEAGE, "t", "e0")), store, tally);
    assertThat(evicted[0]).isZero();
    // Four are left of one label; two may stay, and each new one pushes one out.
    SupportPolicy two = SupportPolicy.DEFAULT.withExamplesMax(2, 8);
    apply(stamped(offset++, opened("t", two)), store, tally);
    assertThat(evicted[0]).isEqualTo(2);
    apply(stamped(offset++, example("t", "e9", "a")), store, tally);

    assertThat(evicted[0]).isEqualTo(3);
    assertThat(ids(store)).containsExactly("e4", "e9");
  }

  private static void apply(StampedEvent event, TaskStore store, ItemTally tally) {
    Effect unused = new TaskFold().apply(event, store, Optional.empty(), tally);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, StampedEvent, String> harness(
      String backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new FoldOperator(), StampedEvent::taskKey, Types.STRING);
    harness.setStateBackend(
        backend.equals("rocksdb")
            ? new EmbeddedRocksDBStateBackend(true)
            : new HashMapStateBackend());
    return harness;
  }

  /** One task that is full most of the time, one that is corrected much, one with a few. */
  private static List<StampedEvent> log() {
    Random random = new Random(5);
    List<StampedEvent> log = new ArrayList<>();
    for (String task : List.of("crowd", "busy", "calm")) {
      log.add(stamped(log.size(), opened(task, POLICY)));
    }
    while (log.size() < EVENTS) {
      int drawn = random.nextInt(100);
      String task = drawn < 60 ? "crowd" : drawn < 95 ? "busy" : "calm";
      log.add(stamped(log.size(), next(task, random, log.size())));
    }
    return log;
  }

  private static TaskEvent.OfTask next(String task, Random random, int place) {
    String some = "e" + (task.equals("busy") ? random.nextInt(300) : place);
    if (random.nextInt(1_000) == 0) {
      return new TaskClosed(LINEAGE, task);
    }
    return random.nextInt(8) == 0
        ? new ExampleRetracted(LINEAGE, task, "e" + random.nextInt(place))
        : example(task, some, random.nextInt(3) == 0 ? "b" : "a");
  }

  private static ExampleAdded example(String task, String id, String label) {
    return new ExampleAdded(
        LINEAGE, task, id, new Features.VectorFeatures(1f), new LabelTarget(label));
  }

  private static TaskOpened opened(String task, SupportPolicy policy) {
    return new TaskOpened(LINEAGE, task, List.of(), Optional.of(policy), Optional.empty());
  }

  private static StampedEvent stamped(long offset, TaskEvent.OfTask event) {
    return new StampedEvent(
        new LoggedEvent(0, offset, 1_000 + offset, null, null),
        event,
        new ReleaseStamp("r", "d", 1));
  }
}
