package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.taskstream.CategoryTaskStream;
import dev.freshet.trainer.taskstream.Step;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stream as the job would see it, up to the queries: without Kafka, without a release. Queries
 * that follow one another without news in between are one trial.
 */
final class StreamReplay {
  private final EmbeddingStore store;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final List<Trial> trials = new ArrayList<>();

  /** A task so far; the questions since its support last changed are not yet a trial. */
  private final class Task {
    private final int unit;
    private final Map<String, SupportVector> names = new LinkedHashMap<>();
    private final Map<String, Support.Example> examples = new LinkedHashMap<>();
    private final List<Trial.Question> questions = new ArrayList<>();

    Task(int unit) {
      this.unit = unit;
    }

    int way(String label) {
      return List.copyOf(names.keySet()).indexOf(label);
    }

    void endTrial() {
      if (!questions.isEmpty()) {
        Support support =
            new Support(
                names.size(),
                Optional.of(List.copyOf(names.values())),
                List.copyOf(examples.values()));
        trials.add(new Trial(unit, support, questions));
        questions.clear();
      }
    }

    void ask(QueryAsked query, String truth) {
      int way = way(truth);
      int shots = (int) examples.values().stream().filter(e -> e.way() == way).count();
      questions.add(new Trial.Question(vector(query.features().orElseThrow()), way, shots));
    }
  }

  private StreamReplay(EmbeddingStore store) {
    this.store = store;
  }

  /** All trials of a stream that ends. Its texts are embedded first. */
  static List<Trial> of(
      Corpus corpus, StreamSettings settings, EmbeddingStore store, Progress progress) {
    CategoryTaskStream stream = new CategoryTaskStream(corpus, settings);
    Set<String> texts = new LinkedHashSet<>();
    stream.steps().forEachRemaining(step -> texts.addAll(textsOf(step.event())));
    store.embed(texts, progress);
    StreamReplay replay = new StreamReplay(store);
    stream.steps().forEachRemaining(replay::take);
    replay.tasks.values().forEach(Task::endTrial);
    return replay.trials;
  }

  private static List<String> textsOf(TaskEvent.OfTask event) {
    if (event instanceof TaskOpened opened) {
      return opened.labels().stream().map(Label::text).toList();
    } else if (event instanceof ExampleAdded added) {
      return List.of(text(added.features()));
    } else if (event instanceof QueryAsked query) {
      return List.of(text(query.features().orElseThrow()));
    }
    return List.of();
  }

  private void take(Step step) {
    TaskEvent.OfTask event = step.event();
    Task task = tasks.computeIfAbsent(event.task(), unused -> new Task(tasks.size()));
    if (event instanceof TaskOpened opened) {
      task.endTrial();
      opened.labels().forEach(label -> task.names.put(label.id(), store.vector(label.text())));
    } else if (event instanceof ExampleAdded added) {
      task.endTrial();
      int way = task.way(((LabelTarget) added.target()).label());
      task.examples.put(added.example(), new Support.Example(way, vector(added.features())));
    } else if (event instanceof ExampleRetracted retracted) {
      task.endTrial();
      task.examples.remove(retracted.example());
    } else if (event instanceof QueryAsked query) {
      task.ask(query, step.truth().orElseThrow());
    }
  }

  private SupportVector vector(Features features) {
    return store.vector(text(features));
  }

  private static String text(Features features) {
    return ((TextFeatures) features).text();
  }
}
