package dev.freshet.standalone.load.readers;

import dev.freshet.adaptation.items.ItemScale;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.NumberTarget;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * What users do: rate an item, ask what they would think of one, ask for the best ten. The same
 * seed makes the same events. Tasks are not opened: a user nobody has announced is a user.
 */
final class ReaderEvents {
  private static final int TOP = 10;

  private final String lineage;
  private final ExampleIds ids;
  private final ItemScale scale;
  private final ItemDraw items;
  private final SplittableRandom random;
  private long ratings;
  private int queries;

  ReaderEvents(String lineage, ItemTable table, ExampleIds ids, long seed) {
    this.ids = ids;
    this.lineage = lineage;
    this.scale = table.scale();
    this.items = new ItemDraw(table);
    this.random = new SplittableRandom(seed);
  }

  /** By nobody in particular. */
  int anyOf(int users) {
    return random.nextInt(users);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  ExampleAdded rating(String task) {
    double spread = (scale.valueMax() - scale.valueMin()) / 4;
    double drawn = Math.rint(scale.mean() + spread * random.nextGaussian());
    double value = Math.max(scale.valueMin(), Math.min(scale.valueMax(), drawn));
    return new ExampleAdded(
        lineage,
        task,
        ids.of(ratings++, random),
        new ItemFeatures(items.next(random)),
        new NumberTarget(value));
  }

  /** Half of them about one item, half for the best ten of the catalogue. */
  QueryAsked query(String task) {
    String id = "q" + queries++;
    if (random.nextBoolean()) {
      return new QueryAsked(lineage, task, id, new ItemFeatures(items.next(random)));
    }
    return new QueryAsked(
        lineage, task, id, Optional.empty(), List.of(), List.of(), OptionalInt.of(TOP));
  }

  /** Of a query made here, from 0. */
  static int number(String query) {
    return Integer.parseInt(query, 1, query.length(), 10);
  }
}
