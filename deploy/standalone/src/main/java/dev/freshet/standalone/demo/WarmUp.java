package dev.freshet.standalone.demo;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.PredictionWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What is asked before a stream begins, so that the stream's latency is that of a job which has run
 * before. Ordinary tasks in the log, one in each of its partitions, which no outcome follows:
 * whoever counts the log finds them by the start of their names.
 */
final class WarmUp {
  static final String TASK_PREFIX = "warm-up-";

  private static final int ROUNDS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> HEADS =
      List.of(DemoSettings.ADAPTED, Prediction.PROTOTYPE, Prediction.UNADAPTED);

  private final String lineage;

  WarmUp(String lineage) {
    this.lineage = lineage;
  }

  static boolean is(String task) {
    return task.startsWith(TASK_PREFIX);
  }

  /**
   * Asks and waits for the answers.
   *
   * @throws dev.freshet.standalone.console.CommandFailure if one does not come
   */
  void run(BrokerLink broker) {
    try (EventWriter writer = new EventWriter(broker);
        PredictionWait wait = new PredictionWait(broker)) {
      List<String> tasks = tasks();
      tasks.forEach(task -> writer.appendNow(opened(task)));
      for (int round = 1; round <= ROUNDS; round++) {
        for (String task : tasks) {
          writer.appendNow(example(task, round));
        }
        for (String task : tasks) {
          wait.ask(query(task, round), PATIENCE);
        }
      }
      tasks.forEach(task -> writer.appendNow(new TaskClosed(lineage, task)));
    }
  }

  /** One for each partition of the log. */
  private List<String> tasks() {
    TreeSet<Integer> covered = new TreeSet<>();
    List<String> tasks = new ArrayList<>();
    for (int i = 1; covered.size() < Topics.PARTITIONS_DEFAULT; i++) {
      String task = TASK_PREFIX + i;
      if (covered.add(new TaskKey(lineage, task).partition(Topics.PARTITIONS_DEFAULT))) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  private TaskOpened opened(String task) {
    return new TaskOpened(
        lineage, task, List.of(new Label("left", "left hand"), new Label("right", "right hand")));
  }

  private ExampleAdded example(String task, int round) {
    return new ExampleAdded(
        lineage,
        task,
        "e" + round,
        new TextFeatures("finger number " + round + " of the hand of " + task),
        new LabelTarget(round % 2 == 0 ? "left" : "right"));
  }

  private QueryAsked query(String task, int round) {
    return new QueryAsked(
        lineage,
        task,
        "q" + round,
        Optional.of(new TextFeatures("which hand is number " + round + ", " + task)),
        HEADS,
        List.of(),
        OptionalInt.empty());
  }
}
