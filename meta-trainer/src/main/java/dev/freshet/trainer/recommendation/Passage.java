package dev.freshet.trainer.recommendation;

import dev.freshet.adaptation.items.ItemStatistics;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.Rating;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The item side as time passes: statistics, and the counts of the last seven days. With statistics
 * that do not follow the events, everything stays as it was at the cut, time too.
 */
final class Passage {
  private static final long RECENT_SECONDS = 7 * 86_400;

  private final ItemStatistics statistics;
  private final List<String> catalogue;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Deque<Rating> recent = new ArrayDeque<>();
  private final double[] popularity;
  private final double[] recentPopularity;
  private final boolean streamed;
  private final long cutSeconds;

  Passage(ItemTable table, ReaderEvaluationSettings settings, List<String> catalogue) {
    this.statistics = new ItemStatistics(table);
    this.catalogue = catalogue;
    this.streamed = settings.streamed();
    this.cutSeconds = settings.split().cutSeconds();
    catalogue.forEach(item -> positions.put(item, positions.size()));
    this.popularity = new double[catalogue.size()];
    this.recentPopularity = new double[catalogue.size()];
    settings.attributes().asMap().forEach(statistics::introduce);
    for (Rating rating : settings.split().before()) {
      count(rating);
      if (rating.seconds() >= table.scale().asOfSeconds()) {
        statistics.add(rating.item(), rating.value(), rating.seconds());
      }
    }
    forget(cutSeconds);
  }

  /** Position in the catalogue, or −1. */
  int position(String item) {
    return positions.getOrDefault(item, -1);
  }

  /** An item's vector just before an event. */
  float[] row(Rating event) {
    return row(event.item(), event);
  }

  /** Any item's vector just before an event. */
  float[] row(String item, Rating event) {
    return statistics.row(item, now(event));
  }

  /** Puts the event behind us. */
  void pass(Rating event) {
    if (streamed) {
      statistics.add(event.item(), event.value(), event.seconds());
      count(event);
    }
  }

  private void count(Rating event) {
    int position = position(event.item());
    if (position >= 0) {
      popularity[position]++;
      recentPopularity[position]++;
      recent.add(event);
    }
  }

  private void forget(long seconds) {
    while (!recent.isEmpty() && recent.peek().seconds() < seconds - RECENT_SECONDS) {
      int position = position(recent.remove().item());
      recentPopularity[position]--;
    }
  }

  private long now(Rating event) {
    return streamed ? event.seconds() : cutSeconds;
  }

  /** What a user sees who asks just before an event. */
  RankingTrial ask(Rating event, List<RatedRow> support) {
    forget(now(event));
    List<RatedRow> soFar = List.copyOf(support);
    return new RankingTrial() {
      @Override
      public List<RatedRow> support() {
        return soFar;
      }

      @Override
      public double[] popularity() {
        return popularity;
      }

      @Override
      public double[] recentPopularity() {
        return recentPopularity;
      }

      @Override
      public float[][] catalogueRows() {
        float[][] rows = new float[catalogue.size()][];
        for (int j = 0; j < rows.length; j++) {
          rows[j] = statistics.row(catalogue.get(j), now(event));
        }
        return rows;
      }
    };
  }
}
