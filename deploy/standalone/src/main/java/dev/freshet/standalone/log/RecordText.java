package dev.freshet.standalone.log;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.RejectionHeaders;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a record of any of Freshet's topics says, in a line for people or as JSON for scripts. */
public final class RecordText {
  private static final int TEXT_CHARACTERS_MAX = 72;

  private final TaskEventCodec events = new TaskEventCodec();
  private final RecordCodec<Prediction> predictions = RecordCodec.predictions();
  private final RecordCodec<ReleaseCatalogue> catalogues = RecordCodec.releaseCatalogues();
  private final RecordCodec<ScoreRecord> scores = RecordCodec.scores();

  /** One line of JSON, or of a JSON object that says why there is none. */
  public String json(ConsumerRecord<byte[], byte[]> read) {
    try {
      return switch (read.topic()) {
        case Topics.TASK_EVENTS -> events.toJson(events.decode(read.value()));
        case Topics.PREDICTIONS -> predictions.toJson(predictions.decode(read.value()));
        case Topics.RELEASES -> catalogues.toJson(catalogues.decode(read.value()));
        case Topics.SCORES -> scores.toJson(scores.decode(read.value()));
        default -> JsonText.object(rejection(read));
      };
    } catch (UndecodableException e) {
      return JsonText.object(Map.of("undecodable", String.valueOf(e.getMessage())));
    }
  }

  /** One line for people. */
  public String line(ConsumerRecord<byte[], byte[]> read) {
    String where = read.partition() + "@" + read.offset();
    return String.format(Locale.ROOT, "%-9s %s", where, said(read));
  }

  private String said(ConsumerRecord<byte[], byte[]> read) {
    try {
      return switch (read.topic()) {
        case Topics.TASK_EVENTS -> line(events.decode(read.value()));
        case Topics.PREDICTIONS -> line(predictions.decode(read.value()));
        case Topics.RELEASES -> line(catalogues.decode(read.value()));
        case Topics.SCORES -> line(scores.decode(read.value()));
        default -> rejectionLine(read);
      };
    } catch (UndecodableException e) {
      return "undecodable: " + e.getMessage();
    }
  }

  /** What an event says. */
  public static String line(TaskEvent event) {
    if (event instanceof TaskEvent.OfTask ofTask) {
      return ofTask.lineage() + "/" + ofTask.task() + "  " + ofTask(ofTask);
    }
    if (event instanceof ItemDescribed described) {
      return described.key()
          + "  item "
          + (described.available() ? "described" : "withdrawn")
          + described.attributes().map(names -> ": " + String.join(", ", names)).orElse("");
    }
    if (event instanceof ItemsChanged changed) {
      return String.format(
          "%s  item table %d: %s and %s changed",
          changed.lineage(),
          changed.version(),
          counted(changed.items().size(), "item", "items"),
          counted(changed.segments().size(), "segment", "segments"));
    }
    ReleaseActivated fence = (ReleaseActivated) event;
    return String.format(
        "%s  release %s activated, epoch %d", fence.lineage(), fence.release(), fence.epoch());
  }

  private static String ofTask(TaskEvent.OfTask event) {
    if (event instanceof TaskOpened opened) {
      return opened(opened);
    } else if (event instanceof ExampleAdded added) {
      return String.format(
          "example %s is %s: %s", added.example(), text(added.target()), text(added.features()));
    } else if (event instanceof ExampleRetracted retracted) {
      return "example " + retracted.example() + " retracted";
    } else if (event instanceof QueryAsked asked) {
      return String.format(
          "query %s: %s",
          asked.query(), asked.features().map(RecordText::text).orElseGet(() -> ranking(asked)));
    } else if (event instanceof OutcomeObserved observed) {
      return "outcome of query "
          + observed.query()
          + observed.item().map(item -> ", item " + item).orElse("")
          + ": "
          + text(observed.target());
    } else if (event instanceof TaskClosed) {
      return "closed";
    }
    return event.toString();
  }

  private static String opened(TaskOpened opened) {
    String labels =
        opened.labels().stream().map(Label::name).collect(Collectors.joining(", ", ": ", ""));
    return (opened.segment() ? "opened as a segment" : "opened")
        + opened.parent().map(parent -> " from segment " + parent).orElse("")
        + (opened.labels().isEmpty() ? "" : labels);
  }

  private static String ranking(QueryAsked asked) {
    String among =
        asked.candidates().isEmpty()
            ? "the best " + counted(asked.topK().orElse(0), "item", "items")
            : counted(asked.candidates().size(), "candidate", "candidates");
    return among
        + asked
            .filter()
            .filter(filter -> !filter.attributes().isEmpty())
            .map(filter -> " with " + String.join(" or ", filter.attributes()))
            .orElse("");
  }

  /** What a prediction says: the best of its first head, and what it rests on. */
  public static String line(Prediction prediction) {
    String best =
        prediction.answers().stream()
            .findFirst()
            .flatMap(answer -> answer.scores().stream().findFirst())
            .map(RecordText::text)
            .orElse("nothing to choose from");
    return String.format(
        "%s/%s  query %s → %s  (%s, release %s)",
        prediction.lineage(),
        prediction.task(),
        prediction.query(),
        best,
        counted(prediction.supportSize(), "example", "examples"),
        prediction.release());
  }

  /** A number once, anything else with its score. */
  private static String text(Prediction.Score score) {
    return score.target() instanceof Target.NumberTarget
        ? String.format(Locale.ROOT, "%.3f", score.score())
        : String.format(Locale.ROOT, "%s %.3f", text(score.target()), score.score());
  }

  private static String line(ReleaseCatalogue catalogue) {
    return String.format(
        "%s  epoch %d: %s",
        catalogue.lineage(),
        catalogue.epoch(),
        catalogue.releases().stream()
            .map(r -> r.release() + " " + r.role().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
  }

  private static String line(ScoreRecord score) {
    if (score.errors().isPresent()) {
      return String.format(
          Locale.ROOT,
          "%s  %s (%s) at %s: %s, mean absolute error %.3f",
          score.release(),
          score.head(),
          score.learner(),
          counted(score.shots(), "shot", "shots"),
          counted(score.queries(), "query", "queries"),
          score.errors().get().absoluteSum() / score.queries());
    }
    return String.format(
        Locale.ROOT,
        "%s  %s (%s) at %s: %d of %d right, %.1f %%",
        score.release(),
        score.head(),
        score.learner(),
        counted(score.shots(), "shot", "shots"),
        score.correct(),
        score.queries(),
        100 * score.accuracy());
  }

  private static String rejectionLine(ConsumerRecord<byte[], byte[]> read) {
    return String.format(
        "%s at %s@%s: %s",
        header(read, RejectionHeaders.EXCEPTION),
        header(read, RejectionHeaders.PARTITION),
        header(read, RejectionHeaders.OFFSET),
        header(read, RejectionHeaders.MESSAGE));
  }

  private static Map<String, Object> rejection(ConsumerRecord<byte[], byte[]> read) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("reason", header(read, RejectionHeaders.EXCEPTION));
    fields.put("message", header(read, RejectionHeaders.MESSAGE));
    fields.put("topic", header(read, RejectionHeaders.TOPIC));
    fields.put("partition", header(read, RejectionHeaders.PARTITION));
    fields.put("offset", header(read, RejectionHeaders.OFFSET));
    fields.put("key", read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8));
    fields.put("bytes", read.value() == null ? 0 : read.value().length);
    return fields;
  }

  /** The text of a header; {@code ?} where it is missing. */
  public static String header(ConsumerRecord<byte[], byte[]> read, String name) {
    Header header = read.headers().lastHeader(name);
    return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** A target as people write it. */
  public static String text(Target target) {
    if (target instanceof Target.LabelTarget label) {
      return label.label();
    } else if (target instanceof Target.NumberTarget number) {
      return Double.toString(number.value());
    }
    return ((Target.ItemTarget) target).item();
  }

  /** Features as people read them: a text in quotes, shortened to a line. */
  public static String text(Features features) {
    if (features instanceof Features.TextFeatures text) {
      return shortened(text.text());
    } else if (features instanceof Features.ItemFeatures item) {
      return "item " + item.item();
    }
    return features.toString();
  }

  /** {@code 1 example}, {@code 2 examples}. */
  public static String counted(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  private static String shortened(String text) {
    List<String> lines = text.lines().toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    boolean whole = lines.size() <= 1 && first.length() <= TEXT_CHARACTERS_MAX;
    return whole
        ? "\"" + first + "\""
        : "\"" + first.substring(0, Math.min(first.length(), TEXT_CHARACTERS_MAX)) + "…\"";
  }
}
