package dev.freshet.standalone.demo;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
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
import java.util.TreeSet;

/**
 * What is asked before a stream begins, so that the stream's latency is that of a job which has run
 * before. Ordinary tasks in the log, one in each of its partitions, which no outcome follows:
 * whoever counts the log finds them by the start of their names.
 */
public final class WarmUp {
  public static final String TASK_PREFIX = "warm-up-";

  private static final int ROUNDS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private final Script script;

  public WarmUp(Script script) {
    this.script = script;
  }

  /** What is said and asked in it. */
  public interface Script {
    String lineage();

    TaskOpened opened(String task);

    ExampleAdded example(String task, int round);

    List<QueryAsked> queries(String task, int round);
  }

  /** Whether a task is one of a warm-up. */
  public static boolean is(String task) {
    return task.startsWith(TASK_PREFIX);
  }

  /**
   * Asks and waits for the answers.
   *
   * @throws dev.freshet.standalone.console.CommandFailure if one does not come
   */
  public void run(BrokerLink broker) {
    try (EventWriter writer = new EventWriter(broker);
        PredictionWait wait = new PredictionWait(broker)) {
      List<String> tasks = tasks();
      tasks.forEach(task -> writer.appendNow(script.opened(task)));
      for (int round = 1; round <= ROUNDS; round++) {
        for (String task : tasks) {
          writer.appendNow(script.example(task, round));
        }
        for (String task : tasks) {
          for (QueryAsked query : script.queries(task, round)) {
            Prediction unused = wait.ask(query, PATIENCE);
          }
        }
      }
      tasks.forEach(task -> writer.appendNow(new TaskClosed(script.lineage(), task)));
    }
  }

  /** One for each partition of the log. */
  private List<String> tasks() {
    TreeSet<Integer> covered = new TreeSet<>();
    List<String> tasks = new ArrayList<>();
    for (int i = 1; covered.size() < Topics.PARTITIONS_DEFAULT; i++) {
      String task = TASK_PREFIX + i;
      if (covered.add(new TaskKey(script.lineage(), task).partition(Topics.PARTITIONS_DEFAULT))) {
        tasks.add(task);
      }
    }
    return tasks;
  }
}
