package dev.freshet.standalone.readerdemo;

import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.ItemFilter;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.ItemTarget;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.demo.Recount;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.PredictionWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Items that nobody has heard of, introduced one after another while the stream flows. A task of
 * their own asks for the best item with the new one's attribute, again and again, until it is
 * answered; then the item is withdrawn. How long that took is counted from the topics.
 */
final class NewItems {
  static final String TASK = "new-items-watch";
  static final int ITEMS = 5;

  private static final String ITEM_PREFIX = "new-item-";
  private static final String ATTRIBUTE_PREFIX = "demo:";
  private static final Duration PAUSE = Duration.ofMillis(700);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String lineage;

  NewItems(String lineage) {
    this.lineage = lineage;
  }

  /**
   * Takes as long as it takes.
   *
   * @throws CommandFailure with {@link Exit#INCOMPLETE} if an item is not answered in time
   */
  void introduceAll(BrokerLink broker) {
    try (EventWriter writer = new EventWriter(broker);
        PredictionWait wait = new PredictionWait(broker)) {
      for (int number = 1; number <= ITEMS; number++) {
        introduce(number, writer, wait);
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  private void introduce(int number, EventWriter writer, PredictionWait wait) {
    String item = ITEM_PREFIX + number;
    String attribute = ATTRIBUTE_PREFIX + item;
    RecordMetadata unusedPlace =
        writer.appendNow(new ItemDescribed(lineage, item, Optional.of(List.of(attribute)), true));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int asked = 1; ; asked++) {
      Prediction answer = wait.ask(query(number + "-" + asked, attribute), PATIENCE);
      if (contains(answer, item)) {
        break;
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            Exit.INCOMPLETE,
            "New item '%s' of lineage '%s' was not answered within %d s; the job's log says more."
                .formatted(item, lineage, PATIENCE.toSeconds()));
      }
    }
    RecordMetadata unusedEnd =
        writer.appendNow(new ItemDescribed(lineage, item, Optional.empty(), false));
  }

  private QueryAsked query(String number, String attribute) {
    return new QueryAsked(
        lineage,
        TASK,
        "q" + number,
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalInt.of(1),
        Optional.of(new ItemFilter(false, false, List.of(attribute))),
        Optional.empty());
  }

  private static boolean contains(Prediction prediction, String item) {
    return prediction.answers().stream()
        .flatMap(answer -> answer.scores().stream())
        .anyMatch(score -> score.target().equals(new ItemTarget(item)));
  }

  /**
   * Seconds from the append of what described an item to the append of the first answer with it in
   * it, of each item that was answered.
   */
  static List<Double> seconds(String lineage, Recount recount) {
    Map<String, Long> answeredMillis = new HashMap<>();
    recount.answers(
        (prediction, millis) -> {
          if (prediction.lineage().equals(lineage) && prediction.task().equals(TASK)) {
            for (int number = 1; number <= ITEMS; number++) {
              String item = ITEM_PREFIX + number;
              if (contains(prediction, item)) {
                answeredMillis.merge(item, millis, Math::min);
              }
            }
          }
        });
    List<Double> seconds = new ArrayList<>();
    answeredMillis.forEach(
        (item, millis) ->
            recount
                .itemDescribedMillis(lineage, item)
                .ifPresent(described -> seconds.add((millis - described) / 1000.0)));
    return seconds;
  }
}
