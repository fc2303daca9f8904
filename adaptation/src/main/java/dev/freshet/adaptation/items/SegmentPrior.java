package dev.freshet.adaptation.items;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a segment of users says of somebody new in it: a few examples that nobody gave, which go
 * before the newcomer's own. Any learner can read them, because they are examples. The segment's
 * most frequent items are taken, each with the mean of its numbers. A pure function of the
 * segment's examples and their order.
 *
 * @param rowsMax items, at most
 * @param examplesMin an item with fewer in the segment says too little
 * @param displacedByOwn rows that each of a user's own examples takes the place of, the least
 *     frequent first; at least 1, so that a segment is forgotten in time
 */
public record SegmentPrior(int rowsMax, int examplesMin, int displacedByOwn) {
  /** Chosen on simulations, as the trainer's rationale tells. */
  public static final SegmentPrior DEFAULT = new SegmentPrior(10, 3, 5);

  public SegmentPrior {
    if (rowsMax < 0 || examplesMin < 1 || displacedByOwn < 1) {
      throw new IllegalArgumentException(
          "A segment's prior of at most %d rows, from items of %d examples or more, %d displaced by each own example: expected 0, 1 and 1 or more."
              .formatted(rowsMax, examplesMin, displacedByOwn));
    }
  }

  /**
   * A number for an item.
   *
   * @param value finite
   */
  public record Example(String item, double value) {
    public Example {
      if (item.isEmpty() || !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "An example of item '%s' with %s, expected an id and a finite number."
                .formatted(item, value));
      }
    }
  }

  /** Of one item in the segment. */
  private static final class Tally {
    private final String item;
    private int examples;
    private double sum;
    private int latest;

    Tally(String item) {
      this.item = item;
    }

    int examples() {
      return examples;
    }

    int latest() {
      return latest;
    }

    Example row() {
      return new Example(item, sum / examples);
    }
  }

  /**
   * The rows, the most frequent item first; of equally frequent ones the latest.
   *
   * @param inForce the segment's examples, in the order of the log
   */
  public List<Example> rows(List<Example> inForce) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (int i = 0; i < inForce.size(); i++) {
      Example example = inForce.get(i);
      Tally tally = tallies.computeIfAbsent(example.item(), Tally::new);
      tally.examples++;
      tally.sum += example.value();
      tally.latest = i;
    }
    return tallies.values().stream()
        .filter(tally -> tally.examples() >= examplesMin)
        .sorted(Comparator.comparingInt(Tally::examples).thenComparingInt(Tally::latest).reversed())
        .limit(rowsMax)
        .map(Tally::row)
        .toList();
  }

  /**
   * Those that stand before a user's own examples: none from the moment that there are enough.
   *
   * @param rows of the user's segment
   * @param ownExamples that the user has in force
   */
  public <R> List<R> beside(List<R> rows, int ownExamples) {
    long left = rowsMax - (long) displacedByOwn * ownExamples;
    return List.copyOf(rows.subList(0, (int) Math.max(0, Math.min(rows.size(), left))));
  }
}
