package dev.freshet.job.testing;

import dev.freshet.adaptation.items.ItemEntry;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.items.ItemScale;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.learner.scoring.HeadedLearner;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.schemas.ReleaseActivated;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Small untrained releases of lineage {@value #LINEAGE}, with a head for numbers and one for
 * orders, over {@value #ITEMS} items: {@code item-0} to {@code item-11}, of two genres.
 */
public final class ReaderReleases {
  public static final String LINEAGE = "readers";
  public static final int ITEMS = 12;

  /** Unix seconds of the tables. */
  public static final long AS_OF = 1_000;

  private static final ItemLayout LAYOUT = new ItemLayout(3, 4);
  private static final int BACKGROUND = 8;
  private static final ItemScale SCALE = new ItemScale(3, 4, 86_400, AS_OF, 1, 5);

  private final Path directory;

  public ReaderReleases(Path directory) {
    this.directory = directory;
  }

  /** Writes a release; another seed is another table. */
  public Release write(String id, long seed) {
    Random random = new Random(seed);
    return write(id, random, table(random, seed));
  }

  /** Writes a release that knows no item. */
  public Release writeEmpty(String id) {
    return write(id, new Random(1), new ItemTable(LAYOUT, SCALE, Map.of(), Map.of(), Map.of()));
  }

  private Release write(String id, Random random, ItemTable table) {
    Learner rating = ScoringLearners.RIDGE.create(LAYOUT, Map.of(), "rating");
    Learner learner = new HeadedLearner(List.of(rating, ranker(random)), List.of("rating", "rank"));
    ReleaseDraft draft =
        new ReleaseDraft(LINEAGE, id, "items", "nothing", Map.of(), Optional.empty(), "# " + id);
    return new ReleaseWriter().write(directory.resolve(LINEAGE).resolve(id), draft, learner, table);
  }

  /** Another seed: another time, half-life, and an item that the other does not have. */
  private static ItemTable table(Random random, long seed) {
    TreeMap<String, ItemEntry> items = new TreeMap<>();
    TreeMap<String, List<String>> attributesOf = new TreeMap<>();
    for (int i = 0; i < ITEMS; i++) {
      items.put("item-" + i, entry(random, random.nextInt(20)));
      attributesOf.put("item-" + i, List.of(genre(i)));
    }
    TreeMap<String, ItemEntry> attributes = new TreeMap<>();
    attributes.put(genre(0), entry(random, 0));
    attributes.put(genre(1), entry(random, 0));
    if (seed % 2 == 0) {
      items.remove("item-0");
      attributesOf.remove("item-0");
      items.put("item-" + ITEMS, entry(random, 3));
      attributesOf.put("item-" + ITEMS, List.of(genre(0)));
    }
    ItemScale scale = new ItemScale(3, 4, 5_000 * seed, AS_OF * seed, 1, 5);
    return new ItemTable(LAYOUT, scale, items, attributesOf, attributes);
  }

  /** Length of a row. */
  public int features() {
    return LAYOUT.features();
  }

  /** What items are told apart by. */
  public static String genre(int item) {
    return item % 2 == 0 ? "genre:even" : "genre:odd";
  }

  private static ItemEntry entry(Random random, int count) {
    float[] factors = new float[LAYOUT.factors()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) random.nextGaussian() / 2;
    }
    return new ItemEntry(factors, random.nextGaussian() / 4, count, 3.0 * count, count / 2.0);
  }

  private static Learner ranker(Random random) {
    Settings settings =
        Settings.of(CatalogueSoftmaxLearner.SETTINGS, Map.of("background", (double) BACKGROUND));
    float[] rows = new float[BACKGROUND * LAYOUT.features()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return new TrainedLearner(
        new CatalogueSoftmaxLearner(LAYOUT, settings, "rank"),
        Map.of(
            CatalogueSoftmaxLearner.BACKGROUND_TENSOR,
            Tensor.of(Shape.of(BACKGROUND, LAYOUT.features()), rows)));
  }

  public static ReleaseActivated fence(Release release, long epoch) {
    return new ReleaseActivated(LINEAGE, release.manifest().release(), release.digest(), epoch);
  }
}
