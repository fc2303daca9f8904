package dev.freshet.adaptation.runtime;

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
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Items and users out of a seed, and what the default training makes for them. */
final class Readers {
  static final long NOON = 1_700_000_000L;
  static final long WEEK = 7 * 86_400;

  private final ItemLayout layout;
  private final Random random;

  Readers(ItemLayout layout, long seed) {
    this.layout = layout;
    this.random = new Random(seed);
  }

  ItemTable table(int items) {
    Map<String, ItemEntry> entries = new TreeMap<>();
    for (int i = 0; i < items; i++) {
      float[] factors = new float[layout.factors()];
      for (int k = 0; k < factors.length; k++) {
        factors[k] = (float) random.nextGaussian() / 2;
      }
      int count = random.nextInt(50);
      entries.put(
          String.format("item-%07d", i),
          new ItemEntry(factors, random.nextGaussian() / 4, count, 3.5 * count, count / 4.0));
    }
    ItemScale scale = new ItemScale(3.5, 4, WEEK, NOON, 0.5, 5);
    return new ItemTable(layout, scale, entries, Map.of(), Map.of());
  }

  SupportSet user(int events) {
    SupportSet.Builder support = SupportSet.builder(layout.features(), 1);
    for (int i = 0; i < events; i++) {
      support.scored(1 + random.nextInt(5), row());
    }
    return support.build();
  }

  float[] row() {
    float[] row = new float[layout.features()];
    for (int i = 0; i < layout.factors(); i++) {
      row[i] = (float) random.nextGaussian() / 2;
    }
    row[layout.base()] = 3.5f + (float) random.nextGaussian() / 2;
    row[layout.count()] = 4 * random.nextFloat();
    row[layout.recent()] = 3 * random.nextFloat();
    return row;
  }

  /** A head for ratings and one for orders of the catalogue. */
  Learner learner(ScoringLearners rating, int background) {
    return new HeadedLearner(
        List.of(rating.create(layout, Map.of(), "rating"), ranker(background)), List.of("rating"));
  }

  Learner ranker(int background) {
    float[] rows = new float[background * layout.features()];
    for (int j = 0; j < background; j++) {
      System.arraycopy(row(), 0, rows, j * layout.features(), layout.features());
    }
    Settings settings =
        Settings.of(CatalogueSoftmaxLearner.SETTINGS, Map.of("background", (double) background));
    return new TrainedLearner(
        new CatalogueSoftmaxLearner(layout, settings, "rank"),
        Map.of(
            CatalogueSoftmaxLearner.BACKGROUND_TENSOR,
            Tensor.of(Shape.of(background, layout.features()), rows)));
  }
}
