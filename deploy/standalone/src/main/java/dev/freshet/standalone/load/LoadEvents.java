package dev.freshet.standalone.load;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.VectorFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.publish.ShippedRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Events of many live tasks: one example to four queries, by vectors. A group of tasks takes turns,
 * so that neighbours in the log are of different tasks.
 */
final class LoadEvents {
  private static final List<String> LABELS = List.of("red", "green", "blue", "black", "white");
  private static final int QUERIES_PER_EXAMPLE = 4;
  private static final int GROUP = 16;
  // Five ways, five shots: what stands in most tasks' support most of the time.
  private static final int EXAMPLES_PER_LABEL_MAX = 5;

  private final LoadSettings settings;
  private final Random random;
  private final float[][] centres;
  private final List<TaskEvent.OfTask> ready = new ArrayList<>();
  private long examples;
  private long queries;

  LoadEvents(LoadSettings settings) {
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.centres = new float[LABELS.size()][];
    for (int label = 0; label < centres.length; label++) {
      centres[label] = unit(new float[settings.dimension()], 1);
    }
  }

  /** Opens every task. */
  List<TaskEvent.OfTask> openings() {
    List<Label> labels = LABELS.stream().map(id -> new Label(id, id)).toList();
    SupportPolicy policy =
        SupportPolicy.DEFAULT.withExamplesMax(
            EXAMPLES_PER_LABEL_MAX, EXAMPLES_PER_LABEL_MAX * LABELS.size());
    List<TaskEvent.OfTask> openings = new ArrayList<>();
    for (int task = 0; task < settings.tasks(); task++) {
      openings.add(
          new TaskOpened(
              ShippedRelease.CATEGORIES.lineage(),
              name(task),
              labels,
              Optional.of(policy),
              Optional.empty()));
    }
    return openings;
  }

  /** The next event. */
  TaskEvent.OfTask next() {
    if (ready.isEmpty()) {
      fill();
    }
    return ready.remove(ready.size() - 1);
  }

  private void fill() {
    int[] tasks = random.ints(GROUP, 0, settings.tasks()).toArray();
    for (int turn = 0; turn < QUERIES_PER_EXAMPLE; turn++) {
      for (int task : tasks) {
        ready.add(query(task));
      }
    }
    for (int task : tasks) {
      ready.add(example(task));
    }
  }

  private TaskEvent.OfTask example(int task) {
    int label = random.nextInt(LABELS.size());
    return new ExampleAdded(
        ShippedRelease.CATEGORIES.lineage(),
        name(task),
        "e" + examples++,
        near(label),
        new LabelTarget(LABELS.get(label)));
  }

  private TaskEvent.OfTask query(int task) {
    return new QueryAsked(
        ShippedRelease.CATEGORIES.lineage(),
        name(task),
        "q" + queries++,
        near(random.nextInt(LABELS.size())));
  }

  private VectorFeatures near(int label) {
    return new VectorFeatures(unit(centres[label].clone(), 0.1));
  }

  /** Adds noise and scales to unit length. */
  private float[] unit(float[] vector, double noise) {
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] += (float) (noise * random.nextGaussian());
      square += (double) vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return vector;
  }

  private static String name(int task) {
    return "load-" + task;
  }
}
