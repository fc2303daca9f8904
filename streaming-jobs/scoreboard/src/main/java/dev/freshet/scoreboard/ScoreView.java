package dev.freshet.scoreboard;

import dev.freshet.schemas.ScoreRecord;
import java.util.List;

/** What can be asked of a scoreboard while it runs. */
interface ScoreView {
  /** As {@link Scoreboard#scores()}. */
  List<ScoreRecord> scores();

  /** As {@link Scoreboard#counts()}. */
  ScoreCounts counts();

  Health health();

  /**
   * Whether it counts.
   *
   * @param state of Kafka Streams, e.g. {@code RUNNING}
   */
  record Health(boolean running, String state) {}
}
