package dev.freshet.standalone.demo;

import java.util.Locale;

/** What became of all queries of a log, as every demo's document has it. */
public interface AnswerCounts {
  long queries();

  /** Queries with an answer. */
  long answered();

  /** Queries without one. */
  long missing();

  /** Answers beyond the first of a query. */
  long duplicates();

  /** Events that were refused. */
  long rejected();

  /** Those that the job computed. */
  long adaptations();

  /** All of them, as a line. */
  default String inWords() {
    return String.format(
        Locale.ROOT,
        "%,d queries: %,d answered, %,d missing, %,d duplicates; %,d events rejected; %,d"
            + " adaptations",
        queries(),
        answered(),
        missing(),
        duplicates(),
        rejected(),
        adaptations());
  }
}
