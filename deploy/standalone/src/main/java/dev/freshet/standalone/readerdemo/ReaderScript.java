package dev.freshet.standalone.readerdemo;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.ratings.UserSegments;
import dev.freshet.trainer.readers.ReaderTraining;
import dev.freshet.trainer.readerstream.ReaderStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stream as events of the log: what segments and items bring from before the cut, and then the
 * users.
 */
final class ReaderScript {
  static final List<String> NUMBER_HEADS = List.of(ReaderTraining.RATING, Prediction.UNADAPTED);
  static final List<String> ORDER_HEADS = List.of(ReaderTraining.RANK, Prediction.UNADAPTED);

  private static final SupportPolicy OF_SEGMENTS =
      SupportPolicy.DEFAULT.withExamplesMax(UserSegments.EXAMPLES_MAX, UserSegments.EXAMPLES_MAX);

  private final String lineage;
  private final Set<String> segments = new TreeSet<>();
  private final List<TaskEvent> prologue = new ArrayList<>();
  private final List<TaskEvent> stream = new ArrayList<>();

  ReaderScript(String lineage, List<ReaderStep> steps) {
    this.lineage = lineage;
    boolean begun = false;
    for (ReaderStep step : steps) {
      begun |= step instanceof ReaderStep.UserOpened;
      if (!begun && step instanceof ReaderStep.SegmentOpened opened) {
        segments.add(opened.segment());
      }
      write(step, begun ? stream : prologue);
    }
  }

  /** Before any user comes. */
  List<TaskEvent> prologue() {
    return prologue;
  }

  /** Segments of the prologue: whose users start from them. */
  Set<String> segments() {
    return segments;
  }

  /** Items that the prologue introduces. */
  Set<String> items() {
    Set<String> items = new TreeSet<>();
    for (TaskEvent event : prologue) {
      if (event instanceof ItemDescribed described) {
        items.add(described.item());
      }
    }
    return items;
  }

  /** From the first user on. */
  List<TaskEvent> stream() {
    return stream;
  }

  private void write(ReaderStep step, List<TaskEvent> events) {
    if (step instanceof ReaderStep.SegmentOpened opened) {
      events.add(
          new TaskOpened(
              lineage,
              opened.segment(),
              List.of(),
              Optional.of(OF_SEGMENTS),
              Optional.empty(),
              true));
    } else if (step instanceof ReaderStep.SegmentRating rating) {
      events.add(example(rating.segment(), rating.example(), rating.item(), rating.value()));
    } else if (step instanceof ReaderStep.UserOpened opened) {
      events.add(opened(opened));
    } else if (step instanceof ReaderStep.ItemIntroduced introduced) {
      events.add(
          new ItemDescribed(
              lineage, introduced.item(), Optional.of(introduced.attributes()), true));
    } else if (step instanceof ReaderStep.ItemWithdrawn withdrawn) {
      events.add(new ItemDescribed(lineage, withdrawn.item(), Optional.empty(), false));
    } else if (step instanceof ReaderStep.NumberAsked asked) {
      events.add(number(lineage, asked.user(), asked.query(), asked.item()));
    } else if (step instanceof ReaderStep.TopAsked asked) {
      events.add(order(lineage, asked.user(), asked.query(), asked.topK()));
    } else if (step instanceof ReaderStep.RatingGiven given) {
      events.add(example(given.user(), given.example(), given.item(), given.value()));
    } else if (step instanceof ReaderStep.RatingRetracted retracted) {
      events.add(new ExampleRetracted(lineage, retracted.user(), retracted.example()));
      retracted
          .segmentExample()
          .ifPresent(
              copy -> events.add(new ExampleRetracted(lineage, copy.segment(), copy.example())));
    }
  }

  /** A segment that has said nothing yet is no parent: its users open without. */
  private TaskOpened opened(ReaderStep.UserOpened opened) {
    return new TaskOpened(
        lineage,
        opened.user(),
        List.of(),
        Optional.empty(),
        opened.segment().filter(segments::contains),
        false);
  }

  private ExampleAdded example(String task, String id, String item, double value) {
    return new ExampleAdded(lineage, task, id, new ItemFeatures(item), new NumberTarget(value));
  }

  /** The number of an item, from the adapted and the un-adapted release. */
  static QueryAsked number(String lineage, String task, String query, String item) {
    return new QueryAsked(
        lineage,
        task,
        query,
        Optional.of(new ItemFeatures(item)),
        NUMBER_HEADS,
        List.of(),
        OptionalInt.empty());
  }

  /** The best items, from both as well. */
  static QueryAsked order(String lineage, String task, String query, int topK) {
    return new QueryAsked(
        lineage, task, query, Optional.empty(), ORDER_HEADS, List.of(), OptionalInt.of(topK));
  }
}
