package dev.freshet.trainer.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Features.VectorFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineageHistoryTest {
  private static final String LINEAGE = "categories";
  private static final String TASK = "toys";

  private final LineageHistory history = history(HistoryLimits.DEFAULT);
  private long clock;

  private static LineageHistory history(HistoryLimits limits) {
    return new LineageHistory(LINEAGE, "toy", 2, limits);
  }

  @Test
  void anExampleIsKnownUnderItsLabelsName() {
    open(TASK, new Label("cars", "toy cars"));
    example(TASK, "e1", "racer", "cars");

    PastTask task = only();
    assertThat(task.labels()).containsExactly(new Label("cars", "toy cars"));
    assertThat(rows(task)).containsExactly("cars racer");
  }

  @Test
  void aRetractedExampleIsGoneAndStaysOutWhenItComesAgain() {
    example(TASK, "e1", "racer", "cars");
    retract(TASK, "e1");
    example(TASK, "e1", "racer", "cars");

    assertThat(rows(only())).isEmpty();
    assertThat(history.counts().retracted()).isEqualTo(2);
  }

  @Test
  void anExampleThatComesAfterItsRetractionStaysOut() {
    retract(TASK, "e1");
    example(TASK, "e1", "racer", "cars");
    example(TASK, "e2", "coupe", "cars");

    assertThat(rows(only())).containsExactly("cars coupe");
  }

  @Test
  void aCorrectedExampleTakesItsNewLabelAndPlace() {
    example(TASK, "e1", "racer", "cars");
    example(TASK, "e2", "rag", "dolls");
    example(TASK, "e1", "racer", "trains");

    assertThat(rows(only())).containsExactly("dolls rag", "trains racer");
  }

  @Test
  void aLabelThatIsRenamedHasItsLatestName() {
    open(TASK, new Label("cars", "cars"), new Label("dolls", "dolls"));
    open(TASK, new Label("cars", "toy cars", Optional.of("with wheels")));

    assertThat(only().labels()).extracting(Label::name).containsExactly("toy cars", "dolls");
  }

  @Test
  void aQueryWithItsTruthCountsOnceHoweverOftenItIsTold() {
    query(TASK, "q1", "racer");
    outcome(TASK, "q1", "cars");
    outcome(TASK, "q1", "cars");
    assertThat(rows(only())).containsExactly("cars racer");

    outcome(TASK, "q1", "trains");
    assertThat(rows(only())).containsExactly("trains racer");
  }

  @Test
  void aTruthThatIsRetractedIsForgottenAlsoWhenItComesLater() {
    query(TASK, "q1", "racer");
    query(TASK, "q2", "coupe");
    outcome(TASK, "q1", "cars");
    retract(TASK, "outcome:q1");
    retract(TASK, "outcome:q2");
    outcome(TASK, "q2", "cars");

    assertThat(rows(only())).isEmpty();
  }

  @Test
  void aClosedTaskRemainsAndCanStillLoseAnExampleOrLearnATruth() {
    example(TASK, "e1", "racer", "cars");
    example(TASK, "e2", "coupe", "cars");
    query(TASK, "q1", "van");
    close(TASK);
    outcome(TASK, "q1", "cars");
    retract(TASK, "e1");

    assertThat(rows(history.tasks().get(0))).containsExactly("cars coupe", "cars van");
  }

  @Test
  void aTaskOpenedAgainIsAnotherOneWithoutTheNamesOfTheFirst() {
    open(TASK, new Label("cars", "toy cars"));
    example(TASK, "e1", "racer", "cars");
    close(TASK);
    example(TASK, "e1", "engine", "trains");

    List<PastTask> tasks = history.tasks();
    assertThat(tasks).hasSize(2);
    assertThat(rows(tasks.get(0))).containsExactly("cars racer");
    assertThat(rows(tasks.get(1))).containsExactly("trains engine");
    assertThat(tasks.get(1).labels()).isEmpty();
  }

  @Test
  void whatNoClassifierCanLearnFromIsCounted() {
    take(new ExampleAdded(LINEAGE, TASK, "e1", new TextFeatures(" "), new LabelTarget("cars")));
    take(new ExampleAdded(LINEAGE, TASK, "e2", text("x"), new Target.NumberTarget(1)));
    take(new ExampleAdded(LINEAGE, TASK, "e3", vector(1, 2, 3), new LabelTarget("cars")));
    take(new ExampleAdded(LINEAGE, TASK, "e4", vector(1, Float.NaN), new LabelTarget("cars")));
    Features foreign = new VectorFeatures(new float[] {1, 2}, Optional.of("other"));
    take(new ExampleAdded(LINEAGE, TASK, "e5", foreign, new LabelTarget("cars")));
    take(new ExampleAdded(LINEAGE, TASK, "e6", vector(1, 2), new LabelTarget("cars")));

    assertThat(history.counts().unusable()).isEqualTo(5);
    assertThat(only().rows()).hasSize(1);
  }

  @Test
  void anotherLineageIsNoneOfThis() {
    take(new ExampleAdded("readers", TASK, "e1", text("racer"), new LabelTarget("cars")));
    assertThat(history.counts().events()).isZero();
    assertThat(history.tasks()).isEmpty();
  }

  @Test
  void beyondItsLimitsTheOldestGoesAndIsCounted() {
    LineageHistory small = history(new HistoryLimits(2, 5, 2, 1));
    List<TaskEvent> events = new ArrayList<>();
    for (String task : List.of("first", "second")) {
      for (int i = 0; i < 3; i++) {
        events.add(added("e" + i, task, "text " + i, "cars"));
      }
    }
    events.add(new QueryAsked(LINEAGE, "second", "q1", text("forgotten")));
    events.add(new QueryAsked(LINEAGE, "second", "q2", text("asked")));
    events.add(new OutcomeObserved(LINEAGE, "second", "q1", new LabelTarget("dolls")));
    events.add(new OutcomeObserved(LINEAGE, "second", "q2", new LabelTarget("dolls")));
    events.add(added("e1", "third", "text", "cars"));
    long at = 0;
    for (TaskEvent event : events) {
      small.take(event, at++);
    }

    assertThat(small.tasks()).extracting(PastTask::task).containsExactly("second", "third");
    assertThat(rows(small.tasks().get(0)))
        .containsExactly("cars text 1", "cars text 2", "dolls asked");
    HistoryCounts counts = small.counts();
    assertThat(counts.tasks()).isEqualTo(2);
    assertThat(counts.rows()).isEqualTo(4);
    assertThat(counts.tasksDropped()).isEqualTo(1);
    assertThat(counts.rowsDropped()).isEqualTo(4);
    assertThat(counts.queriesForgotten()).isEqualTo(1);
  }

  static List<String> rows(PastTask task) {
    return task.rows().stream()
        .map(row -> row.label() + " " + ((TextFeatures) row.features()).text())
        .toList();
  }

  private PastTask only() {
    assertThat(history.tasks()).hasSize(1);
    return history.tasks().get(0);
  }

  private void take(TaskEvent event) {
    history.take(event, clock++);
  }

  private void open(String task, Label... labels) {
    take(new TaskOpened(LINEAGE, task, List.of(labels)));
  }

  private void example(String task, String id, String words, String label) {
    take(added(id, task, words, label));
  }

  private static ExampleAdded added(String id, String task, String words, String label) {
    return new ExampleAdded(LINEAGE, task, id, text(words), new LabelTarget(label));
  }

  private void retract(String task, String id) {
    take(new ExampleRetracted(LINEAGE, task, id));
  }

  private void query(String task, String id, String words) {
    take(new QueryAsked(LINEAGE, task, id, text(words)));
  }

  private void outcome(String task, String id, String label) {
    take(new OutcomeObserved(LINEAGE, task, id, new LabelTarget(label)));
  }

  private void close(String task) {
    take(new TaskClosed(LINEAGE, task));
  }

  private static TextFeatures text(String words) {
    return new TextFeatures(words);
  }

  private static VectorFeatures vector(float... values) {
    return new VectorFeatures(values);
  }
}
