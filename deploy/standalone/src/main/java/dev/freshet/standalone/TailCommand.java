package dev.freshet.standalone;

import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.log.RecordText;
import dev.freshet.standalone.log.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code freshet tail}: follows a topic. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    header = "Follow a topic, decoded, until interrupted.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet tail",
      "  freshet tail --topic rejected --from-beginning",
      "  freshet tail --topic events --json --count 10",
      "",
      "With --json each record is one line of JSON; of rejected events: reason, message, topic,",
      "partition, offset, key, bytes.",
      "Exit status: 0 after --count records, 2 wrong options, 3 no broker, 130 interrupted."
    })
final class TailCommand implements Runnable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Console console;
  private final SharedOptions shared;
  private final RecordText text = new RecordText();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      converter = FeedText.class,
      defaultValue = "predictions",
      description =
          "One of predictions, events, rejected, scores, releases. Default: ${DEFAULT-VALUE}.")
  private Feed topic = Feed.PREDICTIONS;

  @Option(names = "--from-beginning", description = "All that is there, then what comes.")
  private boolean fromBeginning;

  @Option(names = "--count", paramLabel = "N", description = "End after so many records.")
  private Optional<Long> count = Optional.empty();

  TailCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  /** What can be followed. */
  enum Feed {
    PREDICTIONS(Topics.PREDICTIONS),
    EVENTS(Topics.TASK_EVENTS),
    REJECTED(Topics.REJECTED_EVENTS),
    SCORES(Topics.SCORES),
    RELEASES(Topics.RELEASES);

    private final String topic;

    Feed(String topic) {
      this.topic = topic;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A feed as people type it. */
  static final class FeedText implements ITypeConverter<Feed> {
    @Override
    public Feed convert(String text) {
      return Choice.of(Feed.class, text);
    }
  }

  @Override
  public void run() {
    long left = count.orElse(Long.MAX_VALUE);
    if (left < 1) {
      throw Input.misuse("--count is " + left + ", expected at least 1.");
    }
    BrokerLink link = shared.reachable();
    try (TopicReader reader = new TopicReader(link)) {
      List<TopicPartition> partitions = reader.partitions(topic.topic);
      if (fromBeginning) {
        reader.fromBeginning(partitions);
      } else {
        reader.fromEnd(partitions);
      }
      console.note("following " + topic.topic + " at " + link.bootstrapServers());
      follow(reader, left);
    }
  }

  private void follow(TopicReader reader, long records) {
    long left = records;
    while (left > 0) {
      for (ConsumerRecord<byte[], byte[]> read : reader.poll(POLL)) {
        if (left-- > 0) {
          console.result(shared.json() ? text.json(read) : text.line(read));
        }
      }
    }
  }
}
