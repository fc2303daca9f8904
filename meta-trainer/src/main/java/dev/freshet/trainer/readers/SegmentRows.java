package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.SegmentPrior;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.ratings.UserSegments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What a user's segment would have said of them just before their first rating: nothing of it is
 * theirs, and nothing of it came later. A segment is looked at now and then only.
 */
final class SegmentRows {
  /** The other users are met as if nobody knew their segment. */
  private static final double SHARE = 0.5;

  /** Examples of a segment between two looks. */
  private static final int LOOK_EVERY = 200;

  private static final SegmentPrior PRIOR = SegmentPrior.DEFAULT;

  private final Map<Integer, List<Row>> ofUser = new HashMap<>();
  private final Map<String, Looks> looks = new HashMap<>();

  /** A rating of somebody of the segment, for its item's vector, and the segment's own number. */
  record Row(int row, float value) {}

  private SegmentRows() {}

  static SegmentRows of(IndexedRatings ratings, UserSegments segments) {
    SegmentRows result = new SegmentRows();
    for (int row = 0; row < ratings.rows(); row++) {
      int user = ratings.user(row);
      Optional<String> segment = segments.of(ratings.ratings().get(row).user());
      if (segment.isPresent()) {
        Looks ofSegment = result.looks.computeIfAbsent(segment.get(), unused -> new Looks());
        if (ratings.positionOf(row) == 0) {
          result.ofUser.put(user, ofSegment.latest());
        }
        ofSegment.add(row, ratings);
      }
    }
    return result;
  }

  /** How many segments there are. */
  int segments() {
    return looks.size();
  }

  /** For an episode: none where the segment is not known, and half of the time where it is. */
  List<Row> draw(int user, int ownExamples, Random random) {
    List<Row> known = ofUser.getOrDefault(user, List.of());
    List<Row> left = PRIOR.beside(known, ownExamples);
    return !left.isEmpty() && random.nextDouble() < SHARE ? left : List.of();
  }

  private static final class Looks {
    private final List<SegmentPrior.Example> examples = new ArrayList<>();
    private final Map<String, Integer> latestRow = new HashMap<>();
    private List<Row> latest = List.of();

    List<Row> latest() {
      return latest;
    }

    void add(int row, IndexedRatings ratings) {
      String item = ratings.ratings().get(row).item();
      examples.add(new SegmentPrior.Example(item, ratings.value(row)));
      latestRow.put(item, row);
      if (examples.size() % LOOK_EVERY == 0) {
        int from = Math.max(0, examples.size() - UserSegments.EXAMPLES_MAX);
        latest =
            PRIOR.rows(examples.subList(from, examples.size())).stream()
                .map(e -> new Row(latestRow.getOrDefault(e.item(), row), (float) e.value()))
                .toList();
      }
    }
  }
}
