package dev.freshet.standalone.load;

import dev.freshet.job.sink.PredictionWriter;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.RecordText;
import dev.freshet.standalone.log.TopicReader;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.TopicPartition;

/**
 * What was appended to the predictions since the last look, by the broker's clock. Looking costs
 * nothing while a job works: records are read when it is done.
 */
final class Measurement implements AutoCloseable {
  // The start of a run is warming up.
  private static final double SKIPPED_SHARE = 0.3;

  private final TopicReader reader;
  private final List<TopicPartition> partitions;
  private long seen;

  Measurement(BrokerLink broker) {
    this.reader = new TopicReader(broker);
    this.partitions = reader.partitions(Topics.PREDICTIONS);
    this.seen = reader.size(partitions);
  }

  /** When an answer was appended, and its query. */
  private record Answer(long appendedMillis, long queryMillis, int bytes) {}

  /** What a look found. */
  static final class Findings {
    private final List<Answer> answers;

    private Findings(List<Answer> answers) {
      this.answers = answers;
    }

    long count() {
      return answers.size();
    }

    /** Answers a second, without the start of the run. */
    double perSecond() {
      long[] times = answers.stream().mapToLong(Answer::appendedMillis).sorted().toArray();
      int from = (int) (times.length * SKIPPED_SHARE);
      long millis = Math.max(1, times[times.length - 1] - times[from]);
      return (times.length - 1 - from) * 1000.0 / millis;
    }

    Histogram latencyMillis() {
      Histogram histogram = new Histogram(3);
      answers.forEach(a -> histogram.recordValue(Math.max(0, a.appendedMillis - a.queryMillis)));
      return histogram;
    }

    int meanBytes() {
      return (int) answers.stream().mapToInt(Answer::bytes).average().orElse(0);
    }
  }

  /** How many came since the last look. */
  long arrived() {
    return reader.size(partitions) - seen;
  }

  /** Reads what came since the last look. */
  Findings look() {
    List<Answer> answers = new ArrayList<>();
    reader.readToEnd(
        partitions,
        read ->
            answers.add(
                new Answer(
                    read.timestamp(),
                    Long.parseLong(RecordText.header(read, PredictionWriter.QUERY_APPENDED_MILLIS)),
                    read.value().length)));
    answers.sort((a, b) -> Long.compare(a.appendedMillis, b.appendedMillis));
    List<Answer> fresh = List.copyOf(answers.subList((int) seen, answers.size()));
    seen = answers.size();
    return new Findings(fresh);
  }

  @Override
  public void close() {
    reader.close();
  }
}
