package dev.freshet.trainer.training;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.taskstream.CategoryTaskStream;
import dev.freshet.trainer.taskstream.NumberedSeed;
import dev.freshet.trainer.taskstream.OutcomeHabits;
import dev.freshet.trainer.taskstream.Step;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Tasks as the demo's streams leave them: replayed up to some example, labels that have not yet
 * joined left out, counts as uneven as they are by then.
 */
final class StreamTasks implements TaskSource {
  private static final String LINEAGE = "training";
  private static final int LABELS_MIN = 2;

  private final Corpus corpus;
  private final EmbeddingStore store;
  private final TaskSizes sizes;
  private final long seed;
  private final Map<String, Category> categories = new HashMap<>();

  /**
   * @param sizes that fit the corpus
   */
  StreamTasks(Corpus corpus, EmbeddingStore store, TaskSizes sizes, long seed) {
    this.corpus = corpus;
    this.store = store;
    this.sizes = sizes;
    this.seed = seed;
    corpus.categories().forEach(category -> categories.put(category.id(), category));
  }

  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    Random random = NumberedSeed.random(seed, number);
    int ways = sizes.drawWays(random);
    int shots = sizes.drawShotsAtEnd(random, ways);
    int examples = 1 + random.nextInt(ways * shots);
    List<TrainingTask> drawn = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      StreamSettings settings =
          StreamSettings.of(LINEAGE, random.nextLong())
              .withSize(ways, shots)
              .withTasks(1)
              .withOutcomes(OutcomeHabits.PROMPT);
      drawn.add(stopped(new CategoryTaskStream(corpus, settings).steps(), examples).task(random));
    }
    return drawn;
  }

  @Override
  public String identity() {
    return "streams of %s, %s, seed %d".formatted(CorpusDigest.of(corpus), sizes, seed);
  }

  /** After so many examples, or once there are two labels. */
  private History stopped(Iterator<Step> steps, int examples) {
    History history = new History();
    while (steps.hasNext() && (history.given < examples || history.examples.isEmpty())) {
      history.take(steps.next().event());
    }
    while (steps.hasNext() && history.labels.size() < LABELS_MIN) {
      history.take(steps.next().event());
    }
    // A label joins with its first example: the event after its name.
    while (steps.hasNext() && !history.lastHasExample()) {
      history.take(steps.next().event());
    }
    return history;
  }

  /** What a task has been told so far. */
  private final class History {
    private final List<String> labels = new ArrayList<>();
    private final Map<String, ExampleAdded> examples = new LinkedHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private boolean justJoined;
    private int given;

    void take(TaskEvent.OfTask event) {
      if (event instanceof TaskOpened opened) {
        opened.labels().forEach(label -> labels.add(label.id()));
        justJoined = true;
      } else if (event instanceof ExampleAdded added) {
        examples.put(added.example(), added);
        shown.add(text(added));
        justJoined = false;
        given++;
      } else if (event instanceof ExampleRetracted retracted) {
        examples.remove(retracted.example());
      }
    }

    boolean lastHasExample() {
      return !justJoined;
    }

    TrainingTask task(Random random) {
      List<TrainingTask.Row> rows = new ArrayList<>();
      for (ExampleAdded added : examples.values()) {
        int way = labels.indexOf(((LabelTarget) added.target()).label());
        rows.add(new TrainingTask.Row(way, store.vector(text(added))));
      }
      return new TrainingTask(
          labels.stream().map(id -> store.vector(TrainingTasks.nameText(category(id)))).toList(),
          rows,
          queries(random));
    }

    /** Of any label that has joined, about texts that were never examples. */
    private List<TrainingTask.Row> queries(Random random) {
      List<TrainingTask.Row> queries = new ArrayList<>();
      for (int way = 0; way < labels.size(); way++) {
        List<String> rest = new ArrayList<>(category(labels.get(way)).texts());
        rest.removeIf(shown::contains);
        Collections.shuffle(rest, random);
        int share = (sizes.queriesMax() + labels.size() - 1) / labels.size();
        for (String text : rest.subList(0, Math.min(share, rest.size()))) {
          queries.add(new TrainingTask.Row(way, store.vector(text)));
        }
      }
      return queries;
    }

    private Category category(String id) {
      Category category = categories.get(id);
      if (category == null) {
        throw new IllegalStateException("The stream names '" + id + "', which the corpus lacks.");
      }
      return category;
    }
  }

  private static String text(ExampleAdded added) {
    return ((TextFeatures) added.features()).text();
  }
}
