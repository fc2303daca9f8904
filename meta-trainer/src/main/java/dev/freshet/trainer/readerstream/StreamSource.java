package dev.freshet.trainer.readerstream;

import dev.freshet.trainer.ratings.CutTime;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.RatingSimulation;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;

/**
 * What a stream is made of: somebody's ratings, or a simulation's.
 *
 * @param split a stream has what came from the cut on
 * @param segments of users, where known
 */
public record StreamSource(TimeSplit split, ItemAttributes attributes, UserSegments segments) {
  private static final double CUT_SHARE = 0.6;
  private static final double HELD_BACK = 0.05;

  /** The simulation that the shipped release of readers was trained on, cut as it was there. */
  public static StreamSource shipped() {
    RatingSimulation simulation = RatingSimulation.DEFAULT;
    TimeSplit split = TimeSplit.of(simulation.ratings(), new CutTime.Share(CUT_SHARE));
    return new StreamSource(
        split.holdingBack(HELD_BACK), simulation.attributes(), simulation.segments());
  }
}
