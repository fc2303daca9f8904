package dev.freshet.standalone.story;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.support.InMemoryTaskStore;
import dev.freshet.job.support.StoredExample;
import dev.freshet.job.support.Support;
import dev.freshet.job.support.TaskFold;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.RecordText;
import dev.freshet.standalone.log.TopicReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the log says of one task, folded by the very code that the job folds with: limits, ages and
 * retractions count here as they do there.
 *
 * <p>Vectors are stand-ins: the fold asks of them only whether two are the same.
 */
public final class TaskStory {
  private static final ReleaseStamp NO_RELEASE = new ReleaseStamp("none", "0".repeat(64), 0);

  private final TaskKey key;
  private final TaskFold fold = new TaskFold();
  private final InMemoryTaskStore store = new InMemoryTaskStore();
  private final TaskEventCodec events = new TaskEventCodec();
  private final RecordCodec<Prediction> predictions = RecordCodec.predictions();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private long recorded;
  private long queries;
  private long outcomes;
  private Optional<String> parent = Optional.empty();
  private Optional<Prediction> last = Optional.empty();

  private TaskStory(TaskKey key) {
    this.key = key;
  }

  /** An example in force. */
  public record Kept(String id, String target, String text) {}

  /** A label in force. */
  public record KnownLabel(String id, String name, int examples) {}

  /** Reads the task's partitions from start to end. */
  public static TaskStory read(BrokerLink broker, TaskKey key) {
    TaskStory story = new TaskStory(key);
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(story.partition(reader, Topics.TASK_EVENTS), story::event);
      reader.readToEnd(story.partition(reader, Topics.PREDICTIONS), story::prediction);
    }
    return story;
  }

  /** Whether the log knows the task at all. */
  public boolean isKnown() {
    return recorded > 0;
  }

  public boolean opened() {
    return store.header().opened();
  }

  /** Whether other tasks may start from this one. */
  public boolean isSegment() {
    return store.header().segment();
  }

  /** The segment that it was last opened from. */
  public Optional<String> parent() {
    return parent;
  }

  /** In the order in which they joined. */
  public List<KnownLabel> labels() {
    List<KnownLabel> labels = new ArrayList<>();
    if (store.examples().stream().allMatch(e -> e.target() instanceof LabelTarget)) {
      for (LabelCount count : Support.of(store, StandIn.LENGTH, true, Optional.empty()).labels()) {
        String name = names.getOrDefault(count.label(), count.label());
        labels.add(new KnownLabel(count.label(), name, count.examples()));
      }
    }
    return labels;
  }

  /** Examples in force, in the order of the log. */
  public List<Kept> examples() {
    List<Kept> kept = new ArrayList<>();
    for (StoredExample example : store.examples()) {
      String text = texts.getOrDefault(example.id(), "learnt from an outcome");
      kept.add(new Kept(example.id(), RecordText.text(example.target()), text));
    }
    return kept;
  }

  public long events() {
    return recorded;
  }

  public long queries() {
    return queries;
  }

  public long outcomes() {
    return outcomes;
  }

  /** The latest answer, if there is one. */
  public Optional<Prediction> lastPrediction() {
    return last;
  }

  private List<TopicPartition> partition(TopicReader reader, String topic) {
    List<TopicPartition> all = reader.partitions(topic);
    return List.of(all.get(key.partition(all.size())));
  }

  private boolean isOurs(ConsumerRecord<byte[], byte[]> read) {
    return read.value() != null && Arrays.equals(key.bytes(), read.key());
  }

  private void event(ConsumerRecord<byte[], byte[]> read) {
    if (!isOurs(read)) {
      return;
    }
    try {
      TaskEvent event = events.decode(read.value());
      if (TaskKey.of(event).equals(Optional.of(key))) {
        recorded++;
        apply(read, (TaskEvent.OfTask) event);
      }
    } catch (UndecodableException e) {
      // It is among the rejected events and no part of the task.
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> read, TaskEvent.OfTask event) {
    LoggedEvent logged =
        new LoggedEvent(
            read.partition(), read.offset(), read.timestamp(), read.key(), read.value());
    fold.apply(
        new StampedEvent(logged, plain(event), NO_RELEASE).withVectors(vectors(event), false),
        store);
    remember(event);
  }

  /** The event with features that the fold takes from the stand-in vectors. */
  private static TaskEvent.OfTask plain(TaskEvent.OfTask event) {
    if (event instanceof ExampleAdded added) {
      return new ExampleAdded(
          added.lineage(),
          added.task(),
          added.example(),
          new TextFeatures("stand-in"),
          added.target());
    } else if (event instanceof QueryAsked asked) {
      return new QueryAsked(
          asked.lineage(), asked.task(), asked.query(), new TextFeatures("stand-in"));
    }
    return event;
  }

  private static List<float[]> vectors(TaskEvent.OfTask event) {
    if (event instanceof ExampleAdded added) {
      return List.of(StandIn.of(added.features()));
    } else if (event instanceof QueryAsked asked) {
      return asked.features().map(f -> List.of(StandIn.of(f))).orElse(List.of(new float[1]));
    } else if (event instanceof TaskOpened opened) {
      return opened.labels().stream().map(label -> StandIn.of(label.text())).toList();
    }
    return List.of();
  }

  private void remember(TaskEvent.OfTask event) {
    if (event instanceof TaskOpened opened) {
      opened.labels().forEach(this::remember);
      parent = opened.parent().or(() -> parent);
    } else if (event instanceof ExampleAdded added) {
      texts.put(
          added.example(),
          added.features() instanceof TextFeatures features
              ? features.text()
              : RecordText.text(added.features()));
    } else if (event instanceof QueryAsked) {
      queries++;
    } else if (event instanceof OutcomeObserved) {
      outcomes++;
    } else if (event instanceof TaskClosed) {
      names.clear();
      texts.clear();
      parent = Optional.empty();
    }
  }

  private void remember(Label label) {
    names.put(label.id(), label.name());
  }

  private void prediction(ConsumerRecord<byte[], byte[]> read) {
    if (!isOurs(read)) {
      return;
    }
    try {
      last = Optional.of(predictions.decode(read.value()));
    } catch (UndecodableException e) {
      // Not written by this job; `freshet tail` shows it.
    }
  }
}
