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
  private final StreamTable table;

  private StreamYardsticks(Release release, List<Rating> before, StreamTable table) {
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
    this.table = table;
  }

  /**
   * Answers every question of a stream into a table.
   *
   * @param release whose item table is begun from, and whose shrinkage is taken if it has one
   * @param before what was rated before the stream, for what is recent
   */
  public static void answer(
      ReaderStream stream, Release release, List<Rating> before, StreamTable table) {
    StreamYardsticks yardsticks = new StreamYardsticks(release, before, table);
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
      asked.judge(table, ITEM_BASE, base);
      asked.judge(table, OFFSET_SHRINKAGE, base + offsets.of(asked.user()));
    } else if (step instanceof ReaderStep.TopAsked asked) {
      asked.judge(table, POPULARITY, items.best(asked, offsets.items(asked.user()), false));
      asked.judge(table, RECENT_POPULARITY, items.best(asked, offsets.items(asked.user()), true));
    } else if (step instanceof ReaderStep.RatingGiven given) {
      offsets.add(given, items.base(given.item(), given.seconds()));
      items.add(given.item(), given.value(), given.seconds());
    } else if (step instanceof ReaderStep.RatingRetracted retracted) {
      ReaderStep.RatingGiven given = offsets.remove(retracted.user(), retracted.example());
      items.retract(given.item(), given.value(), given.seconds());
    }
  }
}
