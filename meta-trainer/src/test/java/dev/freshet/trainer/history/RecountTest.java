package dev.freshet.trainer.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories against a recount that goes through the whole log again for every row: few ids,
 * so that everything is corrected, retracted and told twice.
 */
class RecountTest {
  private static final String LINEAGE = "categories";
  private static final int IDS = 6;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theFoldKnowsWhatARecountOfTheLogFinds(long seed) {
    Random random = new Random(seed);
    LineageHistory history = new LineageHistory(LINEAGE, "toy", 2, HistoryLimits.DEFAULT);
    List<TaskEvent.OfTask> log = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      TaskEvent.OfTask event = event(random, "task-" + random.nextInt(3), i);
      log.add(event);
      history.take(event, i);
    }
    for (PastTask task : history.tasks()) {
      List<TaskEvent.OfTask> ofTask =
          log.stream().filter(event -> event.task().equals(task.task())).toList();
      assertThat(LineageHistoryTest.rows(task))
          .as(task.task())
          .containsExactlyInAnyOrderElementsOf(recount(ofTask));
    }
    assertThat(history.counts().events()).isEqualTo(400);
  }

  private static TaskEvent.OfTask event(Random random, String task, int i) {
    String id = Integer.toString(random.nextInt(IDS));
    LabelTarget label = new LabelTarget(random.nextBoolean() ? "cars" : "dolls");
    TextFeatures text = new TextFeatures("text " + random.nextInt(4));
    int kind = random.nextInt(40);
    if (kind == 0) {
      return new ExampleRetracted(LINEAGE, task, (i % 2 == 0 ? "e" : "outcome:q") + id);
    } else if (kind < 16) {
      return new ExampleAdded(LINEAGE, task, "e" + id, text, label);
    } else if (kind < 28) {
      return new QueryAsked(LINEAGE, task, "q" + id, text);
    }
    return new OutcomeObserved(LINEAGE, task, "q" + id, label);
  }

  private static List<String> recount(List<TaskEvent.OfTask> log) {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < IDS; id++) {
      String example = "e" + id;
      String query = "q" + id;
      if (!isRetracted(log, example)) {
        String last = "";
        for (TaskEvent.OfTask event : log) {
          if (event instanceof ExampleAdded added && added.example().equals(example)) {
            last = row((LabelTarget) added.target(), (TextFeatures) added.features());
          }
        }
        addKnown(rows, last);
      }
      if (!isRetracted(log, "outcome:" + query)) {
        addKnown(rows, truth(log, query));
      }
    }
    return rows;
  }

  /** The last outcome, about what had last been asked by then. */
  private static String truth(List<TaskEvent.OfTask> log, String query) {
    String asked = "";
    String known = "";
    for (TaskEvent.OfTask event : log) {
      if (event instanceof QueryAsked question && question.query().equals(query)) {
        asked = ((TextFeatures) question.features().orElseThrow()).text();
      } else if (event instanceof OutcomeObserved outcome
          && outcome.query().equals(query)
          && !asked.isEmpty()) {
        known = row((LabelTarget) outcome.target(), new TextFeatures(asked));
      }
    }
    return known;
  }

  private static boolean isRetracted(List<TaskEvent.OfTask> log, String id) {
    return log.stream()
        .anyMatch(e -> e instanceof ExampleRetracted gone && gone.example().equals(id));
  }

  private static void addKnown(List<String> rows, String row) {
    if (!row.isEmpty()) {
      rows.add(row);
    }
  }

  private static String row(LabelTarget label, TextFeatures text) {
    return label.label() + " " + text.text();
  }
}
