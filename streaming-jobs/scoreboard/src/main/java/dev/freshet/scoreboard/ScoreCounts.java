package dev.freshet.scoreboard;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each thing was counted, over all tasks, since the scoreboard first read the topics.
 *
 * @param byCounter every counter, in the order in which they are declared; unmodifiable
 */
public record ScoreCounts(Map<Counter, Long> byCounter) {
  public ScoreCounts {
    Map<Counter, Long> all = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      all.put(counter, byCounter.getOrDefault(counter, 0L));
    }
    byCounter = Collections.unmodifiableMap(all);
  }

  public long of(Counter counter) {
    return byCounter.getOrDefault(counter, 0L);
  }
}
