package dev.freshet.trainer.recommendation;

import dev.freshet.adaptation.items.SegmentPrior;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.UserSegments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Segments as tasks: each has the latest ratings of its users so far as examples. */
final class SegmentMemory {
  private final UserSegments segments;
  private final Map<String, List<SegmentPrior.Example>> examples = new HashMap<>();

  SegmentMemory(UserSegments segments) {
    this.segments = segments;
  }

  boolean knows(String user) {
    return segments.of(user).isPresent();
  }

  void add(Rating rating) {
    segments
        .of(rating.user())
        .ifPresent(
            segment ->
                examples
                    .computeIfAbsent(segment, unused -> new ArrayList<>())
                    .add(new SegmentPrior.Example(rating.item(), rating.value())));
  }

  /** What stands before a user's own examples. */
  List<SegmentPrior.Example> prior(String user, int ownExamples) {
    SegmentPrior prior = SegmentPrior.DEFAULT;
    List<SegmentPrior.Example> all =
        segments
            .of(user)
            .map(segment -> examples.getOrDefault(segment, List.of()))
            .orElse(List.of());
    int from = Math.max(0, all.size() - UserSegments.EXAMPLES_MAX);
    return prior.beside(prior.rows(all.subList(from, all.size())), ownExamples);
  }
}
