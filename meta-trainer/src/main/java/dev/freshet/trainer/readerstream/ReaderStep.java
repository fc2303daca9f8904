package dev.freshet.trainer.readerstream;

import dev.freshet.trainer.recommendation.Metric;
import dev.freshet.trainer.recommendation.StreamTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One event of the stream. */
public sealed interface ReaderStep {
  /** Unix time, never falling from step to step. */
  long seconds();

  /** A task that many users feed. */
  record SegmentOpened(String segment, long seconds) implements ReaderStep {}

  /**
   * What somebody of a segment gave. Where it is a user of this stream, their own {@link
   * RatingGiven} comes right before; items' statistics must count that one alone.
   */
  record SegmentRating(String segment, String example, String item, double value, long seconds)
      implements ReaderStep {}

  /**
   * A user's task.
   *
   * @param segment the task that it may start from, opened before
   */
  record UserOpened(String user, Optional<String> segment, long seconds) implements ReaderStep {}

  /** An item that the release's table does not have, just before it is first named. */
  record ItemIntroduced(String item, List<String> attributes, long seconds) implements ReaderStep {
    public ItemIntroduced {
      attributes = List.copyOf(attributes);
    }
  }

  /** Nobody may be shown it any more; nobody of the stream rates it later. */
  record ItemWithdrawn(String item, long seconds) implements ReaderStep {}

  /**
   * What will this user say of this item?
   *
   * @param ownExamples of the user in force
   * @param truth what they say next
   */
  record NumberAsked(
      String user, String query, String item, int ownExamples, double truth, long seconds)
      implements ReaderStep {
    /** Writes into a table how far from the truth somebody's answer is. */
    public void judge(StreamTable table, String learner, double answer) {
      double error = answer - truth;
      table.add(learner, user, ownExamples, Metric.MAE, Math.abs(error));
      table.add(learner, user, ownExamples, Metric.SQUARED_ERROR, error * error);
    }
  }

  /**
   * What should this user be shown, of the items that are known, not withdrawn and not among the
   * user's examples in force?
   *
   * @param ownExamples of the user in force
   * @param topK at most so many
   * @param relevant what they rate well later; may be empty, and nothing is then to be judged
   */
  record TopAsked(
      String user, String query, int topK, int ownExamples, Set<String> relevant, long seconds)
      implements ReaderStep {
    public TopAsked {
      relevant = Set.copyOf(relevant);
    }

    /** Writes into a table how good somebody's order is; nothing where nothing is relevant. */
    public void judge(StreamTable table, String learner, List<String> ranked) {
      table.addOrder(learner, user, ownExamples, ranked, relevant);
    }
  }

  /** An example of the user's task. */
  record RatingGiven(String user, String example, String item, double value, long seconds)
      implements ReaderStep {}

  /**
   * An earlier example is taken back, here and in the items' statistics.
   *
   * @param segmentExample the segment's copy of it, if there is one: to be taken back as well
   */
  record RatingRetracted(
      String user, String example, Optional<SegmentExample> segmentExample, long seconds)
      implements ReaderStep {}

  /** An example of a segment. */
  record SegmentExample(String segment, String example) {}
}
