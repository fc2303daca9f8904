package dev.freshet.standalone.demo;

import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.TopicReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topics from start to end, by one thread and with none of the scoreboard's code, and
 * counts what the scoreboard counted.
 *
 * <p>An outcome is told by query id; the first one told counts. The first answer of a position
 * counts, any other is a duplicate.
 */
public final class Recount {
  private static final double LOG_LOSS_TOLERANCE = 1e-6;

  /** A query of the log. */
  private record Asked(String lineage, String task, String query, long appendedMillis) {
    List<String> name() {
      return List.of(lineage, task, query);
    }
  }

  /** An answer, and when it was appended. */
  private record Answered(Prediction prediction, long appendedMillis) {}

  private final TaskEventCodec events = new TaskEventCodec();
  private final RecordCodec<Prediction> predictions = RecordCodec.predictions();
  private final Map<Position, Asked> asked = new HashMap<>();
  private final Map<Position, Answered> answered = new HashMap<>();
  private final Map<List<String>, String> truths = new HashMap<>();
  private final Map<String, Long> itemsDescribedMillis = new HashMap<>();
  private long undecodableEvents;
  private long duplicates;
  private long rejected;

  private Recount() {}

  /** Counts what is in the topics now. */
  public static Recount of(BrokerLink broker) {
    Recount recount = new Recount();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(reader.partitions(Topics.TASK_EVENTS), recount::event);
      reader.readToEnd(reader.partitions(Topics.PREDICTIONS), recount::prediction);
      reader.readToEnd(reader.partitions(Topics.REJECTED_EVENTS), read -> recount.rejected++);
    }
    return recount;
  }

  public long queries() {
    return asked.size();
  }

  /** Queries with an answer. */
  public long answered() {
    return asked.keySet().stream().filter(answered::containsKey).count();
  }

  public long missing() {
    return queries() - answered();
  }

  /** Answers to a position that had one before. */
  public long duplicates() {
    return duplicates;
  }

  public long rejected() {
    return rejected;
  }

  /** Events of the log that this reader cannot read. */
  public long undecodable() {
    return undecodableEvents;
  }

  /** The engine that computed the answers; several are joined by a plus sign. */
  public String engine() {
    TreeSet<String> engines = new TreeSet<>();
    answered.values().forEach(a -> engines.add(a.prediction().engine()));
    return String.join("+", engines);
  }

  /** Queries of the warm-up, which are among {@link #queries}. */
  public long warmUpQueries() {
    return asked.values().stream().filter(query -> WarmUp.is(query.task())).count();
  }

  /**
   * Milliseconds between a query's append and its answer's, by the broker's clock.
   *
   * @param tasks whose queries are looked at
   */
  public Histogram latencyMillis(Predicate<String> tasks) {
    return latencyMillisOf(answer -> tasks.test(answer.task()));
  }

  /** The same of some answers alone. */
  public Histogram latencyMillisOf(Predicate<Prediction> which) {
    Histogram histogram = new Histogram(3);
    asked.forEach(
        (position, query) -> {
          Answered answer = answered.get(position);
          if (answer != null && which.test(answer.prediction())) {
            histogram.recordValue(Math.max(0, answer.appendedMillis() - query.appendedMillis()));
          }
        });
    return histogram;
  }

  /** The first answer to each query, with when it was appended. */
  public void answers(BiConsumer<Prediction, Long> reader) {
    asked.keySet().stream()
        .sorted()
        .map(answered::get)
        .filter(Objects::nonNull)
        .forEach(answer -> reader.accept(answer.prediction(), answer.appendedMillis()));
  }

  /** When an item was first described, if it was. */
  public OptionalLong itemDescribedMillis(String lineage, String item) {
    Long millis = itemsDescribedMillis.get(new TaskKey(lineage, item).toString());
    return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  /** Scores by {@link ScoreRecord#key}. */
  public Map<String, ScoreRecord> scores() {
    Map<String, ScoreRecord> scores = new TreeMap<>();
    asked.forEach(
        (position, query) -> {
          Answered answer = answered.get(position);
          String truth = truths.get(query.name());
          if (answer != null && truth != null) {
            judge(answer.prediction(), truth, scores);
          }
        });
    return scores;
  }

  /** Where the scoreboard's scores differ from these; empty where they agree. */
  public List<String> differences(List<ScoreRecord> scoreboard) {
    Map<String, ScoreRecord> mine = scores();
    Map<String, ScoreRecord> theirs = new TreeMap<>();
    scoreboard.forEach(score -> theirs.put(score.key(), score));
    TreeSet<String> keys = new TreeSet<>(mine.keySet());
    keys.addAll(theirs.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      ScoreRecord here = mine.get(key);
      ScoreRecord there = theirs.get(key);
      if (here == null || there == null || !same(here, there)) {
        differences.add(key + ": the topics say " + here + ", the scoreboard says " + there);
      }
    }
    return differences;
  }

  private static boolean same(ScoreRecord a, ScoreRecord b) {
    // Sums of the same terms in another order.
    double tolerance = LOG_LOSS_TOLERANCE * Math.max(1, Math.abs(a.logLossSum()));
    return a.queries() == b.queries()
        && a.correct() == b.correct()
        && Math.abs(a.logLossSum() - b.logLossSum()) <= tolerance;
  }

  private void event(ConsumerRecord<byte[], byte[]> read) {
    try {
      TaskEvent event = events.decode(read.value());
      if (event instanceof QueryAsked query) {
        asked.put(
            new Position(read.partition(), read.offset()),
            new Asked(query.lineage(), query.task(), query.query(), read.timestamp()));
      } else if (event instanceof OutcomeObserved outcome
          && outcome.target() instanceof LabelTarget label) {
        truths.putIfAbsent(
            List.of(outcome.lineage(), outcome.task(), outcome.query()), label.label());
      } else if (event instanceof ItemDescribed described) {
        itemsDescribedMillis.putIfAbsent(described.key().toString(), read.timestamp());
      }
    } catch (UndecodableException e) {
      undecodableEvents++;
    }
  }

  private void prediction(ConsumerRecord<byte[], byte[]> read) {
    try {
      Prediction prediction = predictions.decode(read.value());
      Position position = new Position(prediction.partition(), prediction.offset());
      if (answered.putIfAbsent(position, new Answered(prediction, read.timestamp())) != null) {
        duplicates++;
      }
    } catch (UndecodableException e) {
      throw new IllegalStateException(
          "Prediction " + read.partition() + "@" + read.offset() + ": " + e.getMessage(), e);
    }
  }

  private static void judge(Prediction prediction, String truth, Map<String, ScoreRecord> scores) {
    int shots =
        prediction.supportByLabel().stream()
            .filter(count -> count.label().equals(truth))
            .mapToInt(LabelCount::examples)
            .findFirst()
            .orElse(0);
    for (Answer answer : prediction.answers()) {
      ScoreRecord one = judged(prediction, answer, truth, shots);
      scores.merge(one.key(), one, Recount::sum);
    }
  }

  private static ScoreRecord judged(Prediction prediction, Answer answer, String truth, int shots) {
    LabelTarget target = new LabelTarget(truth);
    boolean correct = !answer.scores().isEmpty() && answer.scores().get(0).target().equals(target);
    double probability =
        answer.scores().stream()
            .filter(score -> score.target().equals(target))
            .mapToDouble(Prediction.Score::score)
            .findFirst()
            .orElse(0);
    return new ScoreRecord(
        prediction.lineage(),
        prediction.release(),
        answer.learner(),
        answer.head(),
        shots,
        1,
        correct ? 1 : 0,
        -Math.log(Math.max(probability, 1e-6)));
  }

  private static ScoreRecord sum(ScoreRecord a, ScoreRecord b) {
    return new ScoreRecord(
        a.lineage(),
        a.release(),
        a.learner(),
        a.head(),
        a.shots(),
        a.queries() + b.queries(),
        a.correct() + b.correct(),
        a.logLossSum() + b.logLossSum());
  }
}
