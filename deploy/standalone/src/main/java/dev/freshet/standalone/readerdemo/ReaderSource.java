package dev.freshet.standalone.readerdemo;

import dev.freshet.adaptation.items.ItemScale;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.ratings.RatingSimulation;
import dev.freshet.trainer.readerstream.StreamSource;

/**
 * Users and items, and a release that was trained on what came before the cut.
 *
 * @param name in words
 * @param simulation whether nobody of it ever lived
 */
public record ReaderSource(String name, boolean simulation, Release release, StreamSource ratings) {

  /** Where ratings are cut, if nobody says otherwise. */
  public static final String CUT = "60%";

  private static final double RELEVANT_SHARE = 0.75;

  public ReaderSource {
    if (release.items().isEmpty()) {
      throw new IllegalArgumentException(
          "Release %s has no item table, expected one of a lineage of items.".formatted(release));
    }
  }

  /** The shipped release on the rest of the simulation that it was trained on. */
  public static ReaderSource shipped() {
    return new ReaderSource(
        "simulation " + RatingSimulation.DEFAULT.seed(),
        true,
        ShippedRelease.READERS.assemble(),
        StreamSource.shipped());
  }

  ItemTable items() {
    return release.items().orElseThrow();
  }

  /** The rating from which on an item is worth showing: three quarters up the scale. */
  double relevantFrom() {
    ItemScale scale = items().scale();
    return scale.valueMin() + RELEVANT_SHARE * (scale.valueMax() - scale.valueMin());
  }
}
