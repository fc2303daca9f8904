package dev.freshet.scoreboard;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What an adaptation job and the world might have written: queries answered, answers doubled,
 * queries asked twice; outcomes at once, late, before the answer, doubled, contradictory, of
 * another kind, or never; and records that are none.
 */
final class GeneratedHistory {
  private static final int TASKS = 40;
  private static final int LATE_BY_MAX = 300;

  private final RecordCodec<Prediction> predictionCodec = RecordCodec.predictions();
  private final TaskEventCodec eventCodec = new TaskEventCodec();
  private final int partitions;
  private final Random random;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private long nextOffset;

  GeneratedHistory(int partitions, long seed) {
    this.partitions = partitions;
    this.random = new Random(seed);
  }

  /** The records of that many queries, in the order of their timestamps. */
  List<ProducerRecord<byte[], byte[]>> records(int queries, long startMillis) {
    List<List<ProducerRecord<byte[], byte[]>>> late = new ArrayList<>();
    for (int i = 0; i < queries + LATE_BY_MAX + 1; i++) {
      late.add(new ArrayList<>());
    }
    for (int i = 0; i < queries; i++) {
      query(i, late);
      records.addAll(late.get(i));
    }
    late.subList(queries, late.size()).forEach(records::addAll);
    List<ProducerRecord<byte[], byte[]>> timed = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> r : records) {
      long timestampMillis = startMillis + timed.size();
      timed.add(
          new ProducerRecord<>(r.topic(), r.partition(), timestampMillis, r.key(), r.value()));
    }
    return timed;
  }

  private void query(int i, List<List<ProducerRecord<byte[], byte[]>>> late) {
    String task = "task-" + random.nextInt(TASKS);
    ProducerRecord<byte[], byte[]> answer = predicted(task, "q" + i);
    if (chance(0.1)) {
      records.add(outcome(task, "q" + i));
    }
    records.add(answer);
    if (chance(0.1)) {
      records.add(answer);
      late.get(i + random.nextInt(LATE_BY_MAX)).add(answer);
    }
    if (chance(0.1)) {
      late.get(i + random.nextInt(LATE_BY_MAX)).add(predicted(task, "q" + i));
    }
    if (chance(0.85)) {
      int delay = chance(0.3) ? random.nextInt(LATE_BY_MAX) : 0;
      late.get(i + delay).add(outcome(task, "q" + i));
    }
    if (chance(0.1)) {
      late.get(i + random.nextInt(LATE_BY_MAX)).add(outcome(task, "q" + i));
    }
    if (chance(0.05)) {
      records.add(outcome(task, "never-asked-" + i));
    }
    noise(task);
  }

  private void noise(String task) {
    TextFeatures text = new TextFeatures("a toy");
    if (chance(0.3)) {
      records.add(event(new ExampleAdded(Examples.LINEAGE, task, "e", text, label())));
    }
    if (chance(0.02)) {
      String topic = chance(0.5) ? Topics.TASK_EVENTS : Topics.PREDICTIONS;
      records.add(record(topic, task, "{\"broken".getBytes(StandardCharsets.UTF_8)));
    }
    if (chance(0.02)) {
      ReleaseActivated fence = new ReleaseActivated(Examples.LINEAGE, "r2", "0".repeat(64), 2);
      byte[] key = Examples.LINEAGE.getBytes(StandardCharsets.UTF_8);
      int partition = random.nextInt(partitions);
      records.add(
          new ProducerRecord<>(Topics.TASK_EVENTS, partition, key, eventCodec.encode(fence)));
    }
  }

  private ProducerRecord<byte[], byte[]> predicted(String task, String query) {
    double cars = random.nextDouble();
    int partition = new TaskKey(Examples.LINEAGE, task).partition(partitions);
    Score[] scores = {
      new Score(Examples.label("cars"), cars), new Score(Examples.label("dolls"), 1 - cars)
    };
    Score[] sorted = cars >= 0.5 ? scores : new Score[] {scores[1], scores[0]};
    Prediction prediction =
        Examples.prediction(
            task,
            query,
            partition,
            nextOffset++,
            random.nextInt(4),
            List.of(Examples.answer("label", sorted), Examples.head("unadapted")));
    return record(Topics.PREDICTIONS, task, predictionCodec.encode(prediction));
  }

  private ProducerRecord<byte[], byte[]> outcome(String task, String query) {
    Target target = chance(0.03) ? new NumberTarget(1) : label();
    return event(new OutcomeObserved(Examples.LINEAGE, task, query, target));
  }

  private ProducerRecord<byte[], byte[]> event(TaskEvent.OfTask event) {
    byte[] bytes =
        chance(0.5)
            ? eventCodec.encode(event)
            : eventCodec.toJson(event).getBytes(StandardCharsets.UTF_8);
    return record(Topics.TASK_EVENTS, event.task(), bytes);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String task, byte[] value) {
    return new ProducerRecord<>(topic, new TaskKey(Examples.LINEAGE, task).bytes(), value);
  }

  private Target label() {
    return Examples.label(chance(0.6) ? "cars" : "dolls");
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
