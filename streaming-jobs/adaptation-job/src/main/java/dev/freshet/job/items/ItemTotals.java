package dev.freshet.job.items;

import dev.freshet.job.items.ItemNews.Counted;
import dev.freshet.job.items.ItemNews.Described;
import dev.freshet.schemas.ItemsChanged.ItemState;
import java.util.List;
import java.util.Optional;

/**
 * What the log has said of an item so far, beyond the release's table.
 *
 * @param listed whether somebody who should know has spoken of it: the release, or a description
 * @param withdrawn whether it was taken off the shelf
 */
record ItemTotals(
    Optional<List<String>> attributes,
    boolean listed,
    boolean withdrawn,
    long count,
    double sum,
    double recent,
    long recentAtSeconds) {
  static final ItemTotals NONE = new ItemTotals(Optional.empty(), false, false, 0, 0, 0, 0);

  ItemTotals {
    attributes = attributes.map(List::copyOf);
  }

  ItemTotals described(Described news) {
    return new ItemTotals(
        news.attributes().isPresent() ? news.attributes() : attributes,
        true,
        !news.available(),
        count,
        sum,
        recent,
        recentAtSeconds);
  }

  /**
   * Of ratings that are whole or halves, count and sum are exactly what they would be without a
   * retracted example; of others, and the decayed count, but for rounding.
   */
  ItemTotals counted(Counted news) {
    long now = Math.max(recentAtSeconds, news.atSeconds());
    double before = recent * decay(now - recentAtSeconds, news);
    double own = decay(now - news.atSeconds(), news);
    int sign = news.joined() ? 1 : -1;
    long nextCount = Math.max(0, count + sign);
    return new ItemTotals(
        attributes,
        listed || news.known(),
        withdrawn,
        nextCount,
        // With nothing left, nothing of rounding is left either.
        nextCount == 0 ? 0 : sum + sign * news.value(),
        nextCount == 0 ? 0 : Math.max(0, before + sign * own),
        now);
  }

  private static double decay(long seconds, Counted news) {
    return StrictMath.pow(2, -seconds / news.halfLifeSeconds());
  }

  ItemState state(String item) {
    return new ItemState(item, attributes, !withdrawn, count, sum, recent, recentAtSeconds);
  }
}
