package dev.freshet.trainer.readerstream;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.learner.scoring.OffsetLearner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.UnusableRatingsException;
import dev.freshet.trainer.recommendation.StreamTable;
import java.util.List;

/**
 * What needs no release's learner, on the same questions, with the same item statistics: an item's
 * base, the base with the user's shrunken offset, all ratings so far, and those of seven days.
 */
public final class StreamYardsticks {
  public static final String ITEM_BASE = "item-base";
  public static final String OFFSET_SHRINKAGE = "offset-shrinkage";
  public static final String POPULARITY = "popularity";
  public static final String RECENT_POPULARITY = "recent-popularity";

  private static final String LOG_SHRINKAGE = "offset-shrinkage.log_shrinkage";

  private final ItemSide items;
  private final Offsets offsets;
  private final Listener listener;

  /** Told of every answer, question by question. */
  public interface Listener {
    /** A yardstick's number. */
    void number(ReaderStep.NumberAsked asked, String learner, double answer);

    /** A yardstick's order. */
    void order(ReaderStep.TopAsked asked, String learner, List<String> ranked);
  }

  private StreamYardsticks(Release release, List<Rating> before, Listener listener) {
    ItemTable begun =
        release
            .items()
            .orElseThrow(
                () ->
                    new UnusableRatingsException(
                        "Release %s has no item table. Take one made by `train --ratings`."
                            .formatted(release)));
    this.items = new ItemSide(begun, before);
    this.offsets = new Offsets(shrinkage(release));
    this.listener = listener;
  }

  /**
   * Answers every question of a stream into a table.
   *
   * @param release whose item table is begun from, and whose shrinkage is taken if it has one
   * @param before what was rated before the stream, for what is recent
   */
  public static void answer(
      ReaderStream stream, Release release, List<Rating> before, StreamTable table) {
    answer(
        stream,
        release,
        before,
        new Listener() {
          @Override
          public void number(ReaderStep.NumberAsked asked, String learner, double answer) {
            asked.judge(table, learner, answer);
          }

          @Override
          public void order(ReaderStep.TopAsked asked, String learner, List<String> ranked) {
            asked.judge(table, learner, ranked);
          }
        });
  }

  /** The same, told as it goes. */
  public static void answer(
      ReaderStream stream, Release release, List<Rating> before, Listener listener) {
    StreamYardsticks yardsticks = new StreamYardsticks(release, before, listener);
    stream.steps().forEach(yardsticks::step);
  }

  private static double shrinkage(Release release) {
    Tensor learned = release.initialization().get(LOG_SHRINKAGE);
    return learned == null
        ? OffsetLearner.SHRINKAGE.defaultValue()
        : Math.exp(learned.toArray()[0]);
  }

  private void step(ReaderStep step) {
    if (step instanceof ReaderStep.ItemIntroduced introduced) {
      items.introduce(introduced);
    } else if (step instanceof ReaderStep.ItemWithdrawn withdrawn) {
      items.withdraw(withdrawn.item());
    } else if (step instanceof ReaderStep.NumberAsked asked) {
      double base = items.base(asked.item(), asked.seconds());
      listener.number(asked, ITEM_BASE, base);
      listener.number(asked, OFFSET_SHRINKAGE, base + offsets.of(asked.user()));
    } else if (step instanceof ReaderStep.TopAsked asked) {
      listener.order(asked, POPULARITY, items.best(asked, offsets.items(asked.user()), false));
      listener.order(
          asked, RECENT_POPULARITY, items.best(asked, offsets.items(asked.user()), true));
    } else if (step instanceof ReaderStep.RatingGiven given) {
      offsets.add(given, items.base(given.item(), given.seconds()));
      items.add(given.item(), given.value(), given.seconds());
    } else if (step instanceof ReaderStep.RatingRetracted retracted) {
      ReaderStep.RatingGiven given = offsets.remove(retracted.user(), retracted.example());
      items.retract(given.item(), given.value(), given.seconds());
    }
  }
}
