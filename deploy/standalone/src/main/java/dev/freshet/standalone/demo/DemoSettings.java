package dev.freshet.standalone.demo;

import dev.freshet.schemas.Prediction;
import dev.freshet.trainer.corpus.CsvSource;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which tasks are streamed.
 *
 * @param tasks how many; empty for a stream without end
 * @param eventsPerSecond appended to the log
 * @param table to make tasks from; empty for WordNet's nouns
 */
public record DemoSettings(
    int ways,
    int shotsMax,
    OptionalInt tasks,
    long seed,
    int eventsPerSecond,
    Optional<CsvSource> table) {

  /** The head of the shipped lineage that is adapted. */
  public static final String ADAPTED = "label";

  public static final int TASKS_DEFAULT = 12;

  public DemoSettings {
    if (eventsPerSecond < 1) {
      throw new IllegalArgumentException(
          "--rate is " + eventsPerSecond + ", expected at least 1 event a second");
    }
    // Ways, shots and tasks are checked where they are used; wrong ones should not wait for that.
    stream(ways, shotsMax, tasks, seed, ShippedRelease.CATEGORIES.lineage());
  }

  StreamSettings stream(String lineage) {
    return stream(ways, shotsMax, tasks, seed, lineage);
  }

  private static StreamSettings stream(
      int ways, int shotsMax, OptionalInt tasks, long seed, String lineage) {
    StreamSettings settings =
        StreamSettings.of(lineage, seed)
            .withSize(ways, shotsMax)
            .withHeads(List.of(ADAPTED, Prediction.PROTOTYPE, Prediction.UNADAPTED));
    return tasks.isPresent() ? settings.withTasks(tasks.getAsInt()) : settings;
  }

  /** A table's label needs this many rows. */
  public static int rowsPerLabelMin(int shotsMax) {
    return shotsMax + 10;
  }
}
