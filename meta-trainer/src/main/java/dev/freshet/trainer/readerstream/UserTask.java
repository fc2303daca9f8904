package dev.freshet.trainer.readerstream;

import dev.freshet.trainer.ratings.Rating;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A user of the stream: what they gave, what is in force, what was asked. */
final class UserTask {
  private final String user;
  private final ReaderStreamSettings settings;
  private final List<Given> inForce = new ArrayList<>();
  private int given;
  private int queries;

  private record Given(String example, Optional<ReaderStep.SegmentExample> copy) {}

  UserTask(String user, ReaderStreamSettings settings) {
    this.user = user;
    this.settings = settings;
  }

  /** Tells the user's segment. */
  @FunctionalInterface
  interface ToSegment {
    ReaderStep.SegmentExample tell(String segment, Rating rating, long seconds);
  }

  /** The best items, where it is time for it, and the number of the item that comes. */
  void ask(Rating rating, List<Rating> all, Set<String> offered, List<ReaderStep> steps) {
    if (settings.topAt().contains(given)) {
      Set<String> relevant = new HashSet<>();
      for (Rating later : all.subList(given, all.size())) {
        if (later.value() >= settings.relevantFrom() && offered.contains(later.item())) {
          relevant.add(later.item());
        }
      }
      steps.add(
          new ReaderStep.TopAsked(
              user, query(), settings.topK(), inForce.size(), relevant, rating.seconds()));
    }
    steps.add(
        new ReaderStep.NumberAsked(
            user, query(), rating.item(), inForce.size(), rating.value(), rating.seconds()));
  }

  private String query() {
    return "q" + ++queries;
  }

  /** The rating, and the segment's copy of it. */
  void give(Rating rating, Optional<String> segment, ToSegment toSegment, List<ReaderStep> steps) {
    String example = "e" + ++given;
    steps.add(
        new ReaderStep.RatingGiven(user, example, rating.item(), rating.value(), rating.seconds()));
    inForce.add(
        new Given(example, segment.map(name -> toSegment.tell(name, rating, rating.seconds()))));
  }

  /** Any example in force. */
  void retract(Random random, long seconds, List<ReaderStep> steps) {
    Given taken = inForce.remove(random.nextInt(inForce.size()));
    steps.add(new ReaderStep.RatingRetracted(user, taken.example(), taken.copy(), seconds));
  }
}
