package dev.freshet.trainer.readerstream;

import dev.freshet.adaptation.items.ItemStatistics;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.recommendation.TopItems;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Items as they are at a moment of the stream: what is offered, and how often it was rated. */
final class ItemSide {
  private static final long RECENT_SECONDS = 7 * 86_400;

  /** Ratings ever decide between items that have as many recent ones. */
  private static final double TIE = 1e-6;

  private final ItemStatistics statistics;
  private final int baseColumn;
  private final Set<String> offered;
  private final Deque<Counted> recent = new ArrayDeque<>();
  private final Map<String, Integer> recentCounts = new HashMap<>();

  private record Counted(String item, long seconds) {}

  /**
   * At the beginning of the stream.
   *
   * @param before what was rated until then, for what is recent; the table has counted it
   */
  ItemSide(ItemTable table, List<Rating> before) {
    this.statistics = new ItemStatistics(table);
    this.baseColumn = table.layout().base();
    this.offered = new TreeSet<>(table.ids());
    before.forEach(rating -> count(rating.item(), rating.seconds()));
  }

  private void count(String item, long seconds) {
    recent.addLast(new Counted(item, seconds));
    recentCounts.merge(item, 1, Integer::sum);
    forget(seconds);
  }

  private void forget(long seconds) {
    while (!recent.isEmpty() && recent.peekFirst().seconds() < seconds - RECENT_SECONDS) {
      recentCounts.merge(recent.removeFirst().item(), -1, Integer::sum);
    }
  }

  void introduce(ReaderStep.ItemIntroduced introduced) {
    statistics.introduce(introduced.item(), introduced.attributes());
    offered.add(introduced.item());
  }

  void withdraw(String item) {
    offered.remove(item);
  }

  double base(String item, long seconds) {
    return statistics.row(item, seconds)[baseColumn];
  }

  void add(String item, double value, long seconds) {
    statistics.add(item, value, seconds);
    count(item, seconds);
  }

  void retract(String item, double value, long ratedAtSeconds) {
    statistics.retract(item, value, ratedAtSeconds);
    if (recent.removeLastOccurrence(new Counted(item, ratedAtSeconds))) {
      recentCounts.merge(item, -1, Integer::sum);
    }
  }

  /** The most rated of what may be shown. */
  List<String> best(ReaderStep.TopAsked asked, Set<String> own, boolean ofRecent) {
    forget(asked.seconds());
    List<String> items = List.copyOf(offered);
    double[] scores = new double[items.size()];
    boolean[] excluded = new boolean[items.size()];
    for (int i = 0; i < scores.length; i++) {
      double all = statistics.count(items.get(i));
      scores[i] = ofRecent ? recentCounts.getOrDefault(items.get(i), 0) + TIE * all : all;
      excluded[i] = own.contains(items.get(i));
    }
    return Arrays.stream(TopItems.of(scores, excluded, asked.topK())).mapToObj(items::get).toList();
  }
}
