package dev.freshet.standalone;

import dev.freshet.schemas.Topics;
import dev.freshet.standalone.stack.LocalStack;
import java.util.stream.Collectors;

/** What {@code freshet up} says when everything runs: addresses, and lines to paste. */
final class Welcome {
  private static final String EVENT =
      "categories/toys|{\"type\":\"QueryAsked\",\"lineage\":\"categories\",\"task\":\"toys\","
          + "\"query\":\"q1\",\"features\":{\"text\":\"Wooden train set\"}}";

  private Welcome() {}

  static String text(LocalStack stack) {
    String address = stack.broker().bootstrapServers();
    String option =
        address.equals(SharedOptions.BOOTSTRAP_DEFAULT) ? "" : " --bootstrap " + address;
    return String.format(
        """

          Freshet is up. Releases in force: %s
            Kafka            %s
            Flink's web UI   %s
            scores           %s/scores

          In another terminal:
            ./freshet send open toys --label cars="toy cars" --label dolls%s
            ./freshet query toys "Die-cast racing car"%s
            ./freshet tail%s
          Or, of a new user among the items of a simulation:
            ./freshet send example ann --item i00042 --value 5 --lineage readers%s
            ./freshet query ann --top 5 --lineage readers%s

          The same with Kafka's own tools. The key is lineage/task:
            echo '%s' | \\
              kafka-console-producer.sh --bootstrap-server %s --topic %s \\
                --property parse.key=true --property key.separator='|'
            kafka-console-consumer.sh --bootstrap-server %s --topic %s --from-beginning
              (prints Avro's bytes; `./freshet tail --from-beginning --json` decodes them)

          Ctrl-C stops it; what was said is kept.""",
        stack.champions().entrySet().stream()
            .map(each -> each.getKey() + "/" + each.getValue().release())
            .collect(Collectors.joining(", ")),
        address,
        stack.webUi(),
        stack.scoreboard().address(),
        option,
        option,
        option,
        option,
        option,
        EVENT,
        address,
        Topics.TASK_EVENTS,
        address,
        Topics.PREDICTIONS);
  }
}
