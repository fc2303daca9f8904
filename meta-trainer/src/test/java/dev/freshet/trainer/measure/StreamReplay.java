package dev.freshet.trainer.measure;

import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.encoders.TextEncoder;
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
import dev.freshet.trainer.taskstream.CategoryTaskStream;
import dev.freshet.trainer.taskstream.Step;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stream as the job would see it, up to the queries: without Kafka, without a release. */
final class StreamReplay {
  private static final class Task {
    private final Map<String, SupportVector> names = new LinkedHashMap<>();
    private final Map<String, Example> examples = new LinkedHashMap<>();
    private @Nullable SupportSet support;

    private SupportSet support(int features) {
      SupportSet known = support;
      if (known == null) {
        known = newSupport(features);
        support = known;
      }
      return known;
    }

    private SupportSet newSupport(int features) {
      List<String> ways = List.copyOf(names.keySet());
      SupportSet.Builder builder = SupportSet.builder(features, ways.size());
      names.forEach((label, name) -> builder.name(ways.indexOf(label), name));
      examples.values().forEach(e -> builder.example(ways.indexOf(e.label()), e.vector()));
      return builder.build();
    }
  }

  private record Example(String label, SupportVector vector) {}

  private final TextEncoder encoder;
  private final Map<String, Task> tasks = new HashMap<>();
  private final List<Asked> asked = new ArrayList<>();

  private StreamReplay(TextEncoder encoder) {
    this.encoder = encoder;
  }

  static List<Asked> of(Corpus corpus, StreamSettings settings, TextEncoder encoder) {
    StreamReplay replay = new StreamReplay(encoder);
    new CategoryTaskStream(corpus, settings).steps().forEachRemaining(replay::take);
    return replay.asked;
  }

  private void take(Step step) {
    TaskEvent.OfTask event = step.event();
    Task task = tasks.computeIfAbsent(event.task(), unused -> new Task());
    if (!(event instanceof QueryAsked)) {
      task.support = null;
    }
    if (event instanceof TaskOpened opened) {
      opened.labels().forEach(label -> task.names.put(label.id(), name(label)));
    } else if (event instanceof ExampleAdded added) {
      String label = ((LabelTarget) added.target()).label();
      task.examples.put(added.example(), new Example(label, text(added.features())));
    } else if (event instanceof ExampleRetracted retracted) {
      task.examples.remove(retracted.example());
    } else if (event instanceof QueryAsked query) {
      ask(task, query, step.truth().orElseThrow());
    }
  }

  private void ask(Task task, QueryAsked query, String truth) {
    int way = List.copyOf(task.names.keySet()).indexOf(truth);
    int shots = (int) task.examples.values().stream().filter(e -> e.label().equals(truth)).count();
    float[] vector = text(query.features().orElseThrow()).values();
    asked.add(new Asked(task.support(encoder.dimension()), vector, way, shots));
  }

  private SupportVector name(Label label) {
    return SupportVector.of(encoder.encode(label.text()).vector());
  }

  private SupportVector text(Features features) {
    return SupportVector.of(encoder.encode(((TextFeatures) features).text()).vector());
  }
}
