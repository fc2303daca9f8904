package dev.freshet.scoreboard;

import dev.freshet.schemas.ScoreRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one record of the input changed: by how much each counter grew, and what is added to which
 * score. Counts and scores travel together, so they never tell different stories.
 *
 * @param scores at most {@link #SCORES_MAX}, no two with the same key
 */
record Tally(Map<Counter, Long> counts, List<ScoreRecord> scores) {
  /** Keeps a tally's record well below Kafka's limit on the size of a message. */
  static final int SCORES_MAX = 500;

  Tally {
    counts = Map.copyOf(counts);
    scores = List.copyOf(scores);
  }

  /** Collects what one record changed. */
  static final class Builder {
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private final Map<String, ScoreRecord> scores = new LinkedHashMap<>();

    void count(Counter counter) {
      counts.merge(counter, 1L, Long::sum);
    }

    void score(ScoreRecord score) {
      scores.merge(score.key(), score, Scoring::sum);
    }

    /** Nothing where nothing changed; more than one where an outcome judged very many answers. */
    List<Tally> build() {
      if (counts.isEmpty()) {
        return List.of();
      }
      List<ScoreRecord> all = List.copyOf(scores.values());
      List<Tally> parts = new ArrayList<>();
      for (int from = 0; from == 0 || from < all.size(); from += SCORES_MAX) {
        parts.add(
            new Tally(
                from == 0 ? counts : Map.of(),
                all.subList(from, Math.min(from + SCORES_MAX, all.size()))));
      }
      return parts;
    }
  }
}
