package dev.freshet.trainer.readerstream;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the steps, a rating at a time. */
final class StreamScript {
  private final ItemAttributes attributes;
  private final UserSegments segments;
  private final ReaderStreamSettings settings;
  private final Random random;
  private final List<ReaderStep> steps = new ArrayList<>();
  private final Map<String, UserTask> tasks = new HashMap<>();
  private final Map<String, Integer> segmentExamples = new TreeMap<>();
  private final Set<String> known;
  private final Set<String> offered;
  private final Map<String, Integer> lastTold = new HashMap<>();

  /**
   * Of the ratings that will be told.
   *
   * @param told in the order of time; an item is withdrawn only after its last
   */
  StreamScript(
      ItemTable table, StreamSource source, ReaderStreamSettings settings, List<Rating> told) {
    this.attributes = source.attributes();
    this.segments = source.segments();
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.known = new HashSet<>(table.ids());
    this.offered = new TreeSet<>(table.ids());
    for (int i = 0; i < told.size(); i++) {
      lastTold.put(told.get(i).item(), i);
    }
  }

  List<ReaderStep> steps() {
    return steps;
  }

  /** Segments of anybody before the cut open with their latest ratings. */
  void beginSegments(TimeSplit split) {
    Map<String, Deque<Rating>> latest = new TreeMap<>();
    for (Rating rating : split.before()) {
      segments
          .of(rating.user())
          .ifPresent(
              segment -> {
                Deque<Rating> ratings =
                    latest.computeIfAbsent(segment, unused -> new ArrayDeque<>());
                ratings.addLast(rating);
                if (ratings.size() > settings.segmentExamplesBefore()) {
                  ratings.removeFirst();
                }
              });
    }
    latest.forEach(
        (segment, ratings) -> {
          open(segment, split.cutSeconds());
          ratings.forEach(
              rating -> {
                introduce(rating.item(), split.cutSeconds());
                tellSegment(segment, rating, split.cutSeconds());
              });
        });
  }

  private void open(String segment, long seconds) {
    if (segmentExamples.putIfAbsent(segment, 0) == null) {
      steps.add(new ReaderStep.SegmentOpened(segment, seconds));
    }
  }

  private ReaderStep.SegmentExample tellSegment(String segment, Rating rating, long seconds) {
    String example = "e" + segmentExamples.merge(segment, 1, Integer::sum);
    steps.add(
        new ReaderStep.SegmentRating(segment, example, rating.item(), rating.value(), seconds));
    return new ReaderStep.SegmentExample(segment, example);
  }

  /**
   * What is asked before a rating, the rating, and what happens after it.
   *
   * @param at its place among all that are told
   * @param all ratings of its user, untold ones too
   */
  void tell(Rating rating, int at, List<Rating> all) {
    long seconds = rating.seconds();
    Optional<String> segment = segments.of(rating.user());
    UserTask task = tasks.get(rating.user());
    if (task == null) {
      segment.ifPresent(name -> open(name, seconds));
      steps.add(new ReaderStep.UserOpened(rating.user(), segment, seconds));
      task = new UserTask(rating.user(), settings);
      tasks.put(rating.user(), task);
    }
    introduce(rating.item(), seconds);
    task.ask(rating, all, offered, steps);
    task.give(rating, segment, this::tellSegment, steps);
    if (random.nextDouble() < settings.retractionShare()) {
      task.retract(random, seconds, steps);
    }
    if (random.nextDouble() < settings.withdrawalShare()) {
      withdraw(at, seconds);
    }
  }

  private void introduce(String item, long seconds) {
    if (known.add(item)) {
      offered.add(item);
      steps.add(new ReaderStep.ItemIntroduced(item, attributes.of(item), seconds));
    }
  }

  private void withdraw(int at, long seconds) {
    List<String> past =
        offered.stream().filter(item -> lastTold.getOrDefault(item, -1) <= at).toList();
    if (!past.isEmpty()) {
      String item = past.get(random.nextInt(past.size()));
      offered.remove(item);
      steps.add(new ReaderStep.ItemWithdrawn(item, seconds));
    }
  }
}
