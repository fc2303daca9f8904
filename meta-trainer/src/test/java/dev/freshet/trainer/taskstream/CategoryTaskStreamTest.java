package dev.freshet.trainer.taskstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CategoryTaskStreamTest {
  private static final Corpus CORPUS = LetterCorpus.of(12, 40);
  private static final StreamSettings SETTINGS = StreamSettings.of("categories", 5).withTasks(20);
  private static final StreamSettings NO_RETRACTION = SETTINGS.withRetractionShare(0);

  @Test
  void eachTaskEndsWhenEveryLabelHasAllItsExamplesAndIsThenClosed() {
    Map<String, TaskHistory> tasks = tasks(SETTINGS.withRetractionShare(0.3));
    assertThat(tasks).hasSize(20);
    for (TaskHistory task : tasks.values()) {
      Map<String, Integer> inForce = new HashMap<>();
      task.examples().forEach(e -> inForce.merge(TaskHistory.label(e.target()), 1, Integer::sum));
      labelsOfRetracted(task).forEach(label -> inForce.merge(label, -1, Integer::sum));
      assertThat(inForce).hasSize(5).allSatisfy((label, shots) -> assertThat(shots).isEqualTo(10));
      assertThat(task.closings()).hasSize(1);
      assertThat(last(task).event()).isInstanceOf(TaskClosed.class);
    }
  }

  @Test
  void labelJJoinsAtSlot5jRightBeforeItsFirstExample() {
    for (TaskHistory task : tasks(NO_RETRACTION).values()) {
      List<String> labels = task.examples().stream().map(e -> label(e)).toList();
      for (int j = 0; j < 5; j++) {
        TaskOpened joins = task.openings().get(j);
        assertThat(joins.labels()).hasSize(1);
        String label = joins.labels().get(0).id();
        assertThat(labels.indexOf(label)).isEqualTo(5 * j);
        assertThat(task.steps.indexOf(Step.of(joins)) + 1)
            .isEqualTo(task.steps.indexOf(Step.of(task.examples().get(5 * j))));
      }
    }
  }

  @Test
  void aLabelCarriesItsNameAndDescription() {
    for (TaskHistory task : tasks(SETTINGS).values()) {
      assertThat(task.openings()).hasSize(5);
      for (TaskOpened opening : task.openings()) {
        String id = opening.labels().get(0).id();
        assertThat(opening.labels().get(0).name()).isEqualTo("name of " + id);
        assertThat(opening.labels().get(0).description()).contains("what " + id + " is");
      }
    }
  }

  /**
   * With two shots a label is full before the next one's slot comes: the slots between are empty.
   */
  @Test
  void whereNoLabelLacksAnExampleTheNextOneJoinsAtOnce() {
    for (TaskHistory task : tasks(NO_RETRACTION.withSize(4, 2)).values()) {
      assertThat(task.examples().stream().map(e -> label(e)).toList())
          .isEqualTo(
              task.openings().stream()
                  .map(opening -> opening.labels().get(0).id())
                  .flatMap(label -> List.of(label, label).stream())
                  .toList());
    }
  }

  @Test
  void slotsBetweenGoToLabelsThatHaveJoinedAndLackExamples() {
    for (TaskHistory task : tasks(SETTINGS).values()) {
      Set<String> joined = new HashSet<>();
      Map<String, Integer> shots = new HashMap<>();
      Map<String, String> labelOfExample = new HashMap<>();
      for (Step step : task.steps) {
        if (step.event() instanceof TaskOpened opened) {
          joined.add(opened.labels().get(0).id());
        } else if (step.event() instanceof ExampleAdded added) {
          assertThat(joined).contains(label(added));
          assertThat(shots.merge(label(added), 1, Integer::sum)).isLessThanOrEqualTo(10);
          labelOfExample.put(added.example(), label(added));
        } else if (step.event() instanceof ExampleRetracted retracted) {
          shots.merge(labelOfExample.get(retracted.example()), -1, Integer::sum);
        }
      }
    }
  }

  @Test
  void exactlyFourQueriesFollowEachExample() {
    for (TaskHistory task : tasks(SETTINGS).values()) {
      int queries = 4;
      for (Step step : task.steps) {
        if (step.event() instanceof ExampleAdded) {
          assertThat(queries).isEqualTo(4);
          queries = 0;
        } else if (step.event() instanceof QueryAsked) {
          queries++;
        }
      }
      assertThat(queries).isEqualTo(4);
    }
  }

  @Test
  void queriesAskForLabelsThatHaveJoinedAndForEachAboutEquallyOften() {
    Map<Integer, Integer> byPlace = new HashMap<>();
    int asked = 0;
    for (TaskHistory task : tasks(SETTINGS.withTasks(60)).values()) {
      List<String> joined = new ArrayList<>();
      for (Step step : task.steps) {
        if (step.event() instanceof TaskOpened opened) {
          joined.add(opened.labels().get(0).id());
        } else if (step.event() instanceof QueryAsked) {
          int place = joined.indexOf(step.truth().orElseThrow());
          assertThat(place).isNotNegative();
          if (joined.size() == 5) {
            byPlace.merge(place, 1, Integer::sum);
            asked++;
          }
        }
      }
    }
    double expected = asked / 5.0;
    assertThat(byPlace.values())
        .allSatisfy(
            count -> assertThat((double) count).isBetween(0.92 * expected, 1.08 * expected));
  }

  @Test
  void theTruthOfAQueryIsTheLabelOfItsText() {
    for (TaskHistory task : tasks(SETTINGS).values()) {
      for (Step step : task.steps) {
        if (step.event() instanceof QueryAsked query) {
          assertThat(step.truth()).contains(LetterCorpus.labelOf(text(query)));
        }
      }
      task.examples()
          .forEach(
              e ->
                  assertThat(label(e))
                      .isEqualTo(LetterCorpus.labelOf(TaskHistory.text(e.features()))));
    }
  }

  @Test
  void noTextIsBothAnExampleAndAQueryOfATask() {
    for (TaskHistory task : tasks(SETTINGS.withRetractionShare(0.3)).values()) {
      Set<String> taught = new HashSet<>();
      task.examples().forEach(example -> taught.add(TaskHistory.text(example.features())));
      task.queries().forEach(query -> assertThat(taught).doesNotContain(text(query)));
    }
  }

  /** A label has 15 texts to ask about here, and is asked about more often. */
  @Test
  void aQueryTextComesAgainOnlyAfterAllOthersOfItsLabel() {
    CategoryTaskStream stream = new CategoryTaskStream(LetterCorpus.of(5, 25), SETTINGS);
    int repeated = 0;
    for (TaskHistory task : TaskHistory.byTask(stream.steps()).values()) {
      Map<String, List<String>> byLabel = new HashMap<>();
      for (QueryAsked query : task.queries()) {
        String label = LetterCorpus.labelOf(text(query));
        List<String> texts = byLabel.computeIfAbsent(label, l -> new ArrayList<>());
        texts.add(text(query));
      }
      for (List<String> texts : byLabel.values()) {
        for (int from = 0; from < texts.size(); from += 15) {
          List<String> round = texts.subList(from, Math.min(from + 15, texts.size()));
          assertThat(round).doesNotHaveDuplicates();
          repeated += from > 0 ? 1 : 0;
        }
      }
    }
    assertThat(repeated).isPositive();
  }

  @Test
  void nowAndThenAnEarlierExampleIsRetractedOnce() {
    int examples = 0;
    int retracted = 0;
    for (TaskHistory task : tasks(SETTINGS.withTasks(100)).values()) {
      Set<String> given = new HashSet<>();
      for (Step step : task.steps) {
        if (step.event() instanceof ExampleAdded added) {
          given.add(added.example());
          examples++;
        } else if (step.event() instanceof ExampleRetracted retraction) {
          assertThat(given.remove(retraction.example())).isTrue();
          retracted++;
        }
      }
    }
    assertThat((double) retracted / examples).isBetween(0.012, 0.028);
    assertThat(tasks(NO_RETRACTION).values())
        .allSatisfy(t -> assertThat(t.retractions()).isEmpty());
  }

  @Test
  void outcomesTellTheTruthAndFollowTheirQueries() {
    for (TaskHistory task : tasks(SETTINGS).values()) {
      Map<String, String> truths = new HashMap<>();
      for (Step step : task.steps) {
        if (step.event() instanceof QueryAsked query) {
          truths.put(query.query(), step.truth().orElseThrow());
        } else if (step.event() instanceof OutcomeObserved outcome) {
          assertThat(TaskHistory.label(outcome.target())).isEqualTo(truths.get(outcome.query()));
        }
      }
    }
  }

  @Test
  void someOutcomesAreLateSomeDoubledAndSomeMissing() {
    int queries = 0;
    int told = 0;
    int doubled = 0;
    int late = 0;
    for (TaskHistory task : tasks(SETTINGS.withTasks(100)).values()) {
      queries += task.queries().size();
      Set<String> once = new HashSet<>();
      for (OutcomeObserved outcome : task.outcomes()) {
        if (once.add(outcome.query())) {
          told++;
          late += examplesBetween(task, outcome) > 0 ? 1 : 0;
        } else {
          doubled++;
        }
      }
    }
    assertThat(1 - (double) told / queries).isBetween(0.015, 0.025);
    assertThat((double) doubled / told).isBetween(0.015, 0.025);
    assertThat((double) late / queries).isBetween(0.085, 0.105);
  }

  @Test
  void promptOutcomesAreToldOnceBeforeTheNextExample() {
    for (TaskHistory task : tasks(SETTINGS.withOutcomes(OutcomeHabits.PROMPT)).values()) {
      assertThat(task.outcomes())
          .extracting(OutcomeObserved::query)
          .isEqualTo(task.queries().stream().map(QueryAsked::query).toList());
      task.outcomes().forEach(o -> assertThat(examplesBetween(task, o)).isZero());
    }
  }

  @Test
  void theSeedDecidesEverything() {
    assertThat(all(SETTINGS)).isEqualTo(all(SETTINGS));
    assertThat(all(SETTINGS)).isNotEqualTo(all(StreamSettings.of("categories", 6).withTasks(20)));
  }

  @Test
  void aTaskIsTheSameHoweverManyAreUnderWay() {
    Map<String, TaskHistory> oneByOne = tasks(SETTINGS.withTasksAtOnce(1));
    Map<String, TaskHistory> together = tasks(SETTINGS.withTasksAtOnce(20));
    assertThat(stepsOf(oneByOne)).isEqualTo(stepsOf(together));
  }

  @Test
  void tasksTakeTurnsAndANewOneTakesTheFreePlace() {
    Set<String> open = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>();
    int mostOpen = 0;
    for (Step step : all(SETTINGS.withTasksAtOnce(3))) {
      open.add(step.event().task());
      seen.add(step.event().task());
      mostOpen = Math.max(mostOpen, open.size());
      if (step.event() instanceof TaskClosed closed) {
        open.remove(closed.task());
      }
    }
    assertThat(mostOpen).isEqualTo(3);
    assertThat(open).isEmpty();
    assertThat(seen).startsWith("demo-0001", "demo-0002", "demo-0003").hasSize(20);
  }

  @Test
  void idsAreReadableAndUniqueWithinATask() {
    for (TaskHistory task : tasks(SETTINGS).values()) {
      assertThat(task.examples())
          .extracting(ExampleAdded::example)
          .doesNotHaveDuplicates()
          .allMatch(id -> id.matches("e[1-9][0-9]*"));
      assertThat(task.queries())
          .extracting(QueryAsked::query)
          .doesNotHaveDuplicates()
          .allMatch(id -> id.matches("q[1-9][0-9]*"));
    }
  }

  @Test
  void queriesNameTheHeadsAskedFor() {
    StreamSettings settings = SETTINGS.withHeads(List.of("label", "prototype", "unadapted"));
    assertThat(tasks(settings).values())
        .flatExtracting(TaskHistory::queries)
        .allSatisfy(q -> assertThat(q.heads()).containsExactly("label", "prototype", "unadapted"));
  }

  @Test
  void aStreamWithoutANumberOfTasksDoesNotEnd() {
    Iterator<Step> steps =
        new CategoryTaskStream(CORPUS, StreamSettings.of("categories", 1)).steps();
    String task = "";
    for (int i = 0; i < 20_000; i++) {
      task = steps.next().event().task();
    }
    assertThat(task).isGreaterThan("demo-0030");
  }

  @Test
  void aLargeTaskAsksForASupportThatHoldsIt() {
    StreamSettings large = SETTINGS.withSize(3, 100).withTasks(1);
    Iterator<Step> steps = new CategoryTaskStream(LetterCorpus.of(3, 110), large).steps();
    List<TaskOpened> openings = first(TaskHistory.byTask(steps)).openings();
    assertThat(openings.get(0).policy().map(SupportPolicy::examplesPerLabelMax)).contains(100);
    assertThat(openings.get(1).policy()).isEmpty();
    assertThat(first(tasks(SETTINGS)).openings().get(0).policy()).isEmpty();
  }

  @Test
  void aCorpusWithTooFewLargeCategoriesIsRefused() {
    assertThatThrownBy(() -> new CategoryTaskStream(LetterCorpus.of(4, 40), SETTINGS))
        .isInstanceOf(UnusableCorpusException.class)
        .hasMessageContaining("has 4 labels with at least 20 texts")
        .hasMessageContaining("expected at least 5");
    assertThatThrownBy(() -> new CategoryTaskStream(LetterCorpus.of(9, 19), SETTINGS))
        .hasMessageContaining("has 0 labels");
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> SETTINGS.withSize(1, 10)).hasMessageContaining("ways is 1");
    assertThatThrownBy(() -> SETTINGS.withSize(5, 2001)).hasMessageContaining("expected 1 to 2000");
    assertThatThrownBy(() -> SETTINGS.withTasks(0)).hasMessageContaining("tasks is 0");
    assertThatThrownBy(() -> SETTINGS.withRetractionShare(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> SETTINGS.withRetractionShare(0.6)).hasMessageContaining("at most 0.5");
    assertThatThrownBy(() -> new OutcomeHabits(0.7, 0.7, 0, 1))
        .hasMessageContaining("lateShare + missingShare");
  }

  private static Map<String, TaskHistory> tasks(StreamSettings settings) {
    return TaskHistory.byTask(new CategoryTaskStream(CORPUS, settings).steps());
  }

  private static Map<String, List<Step>> stepsOf(Map<String, TaskHistory> tasks) {
    Map<String, List<Step>> steps = new HashMap<>();
    tasks.forEach((name, task) -> steps.put(name, task.steps));
    return steps;
  }

  private static TaskHistory first(Map<String, TaskHistory> tasks) {
    return tasks.values().iterator().next();
  }

  private static List<Step> all(StreamSettings settings) {
    List<Step> steps = new ArrayList<>();
    new CategoryTaskStream(CORPUS, settings).steps().forEachRemaining(steps::add);
    return steps;
  }

  private static Collection<String> labelsOfRetracted(TaskHistory task) {
    Map<String, String> labels = new HashMap<>();
    task.examples().forEach(example -> labels.put(example.example(), label(example)));
    return task.retractions().stream().map(gone -> labels.get(gone.example())).toList();
  }

  private static long examplesBetween(TaskHistory task, OutcomeObserved outcome) {
    int told = task.steps.indexOf(Step.of(outcome));
    int asked = 0;
    while (!isQuery(task.steps.get(asked), outcome.query())) {
      asked++;
    }
    return task.steps.subList(asked, told).stream()
        .filter(step -> step.event() instanceof ExampleAdded)
        .count();
  }

  private static boolean isQuery(Step step, String query) {
    return step.event() instanceof QueryAsked asked && asked.query().equals(query);
  }

  private static Step last(TaskHistory task) {
    return task.steps.get(task.steps.size() - 1);
  }

  private static String label(ExampleAdded example) {
    return TaskHistory.label(example.target());
  }

  private static String text(QueryAsked query) {
    return query.features().map(TaskHistory::text).orElseThrow();
  }
}
