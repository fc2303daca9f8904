package dev.freshet.schemas;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The answer to a query: a pure function of the log up to the query's position.
 *
 * <p>A retry after a failure writes the same record again, with the same position and the same
 * bytes; a reader keeps the first per ({@code partition}, {@code offset}). No clock goes into it.
 *
 * @param partition of the query in {@link Topics#TASK_EVENTS}
 * @param offset of the query in that partition
 * @param release in force at that position
 * @param epoch of its activation
 * @param supportDigest of exactly what was adapted to; 32 hex digits
 * @param supportSize examples in force
 * @param supportByLabel the same by label, in the order in which the labels joined; empty where
 *     examples have no labels
 * @param basis what the answer rests on
 * @param opened whether the task had been opened
 * @param truncated whether the query's text was longer than the encoder reads
 * @param engine that computed it, {@code cpu} or {@code cuda}; the bytes are the same for the same
 *     engine
 * @param answers one for each head that was asked for
 * @param propensity probability with which the first item was chosen, where the query explores
 * @param itemTable version and digest of the item table at that position; empty where the release
 *     knows no items. The same digest is the same table
 */
public record Prediction(
    String lineage,
    String task,
    String query,
    int partition,
    long offset,
    String release,
    long epoch,
    String supportDigest,
    int supportSize,
    List<LabelCount> supportByLabel,
    Basis basis,
    boolean opened,
    boolean truncated,
    String engine,
    List<Answer> answers,
    OptionalDouble propensity,
    Optional<String> itemTable) {

  /** Yardstick head of every release: itself with the label names and no example. */
  public static final String UNADAPTED = "unadapted";

  /** Yardstick head of every release: the nearest mean in the encoder's space, same names. */
  public static final String PROTOTYPE = "prototype";

  /** Of a release that knows no items. */
  public Prediction(
      String lineage,
      String task,
      String query,
      int partition,
      long offset,
      String release,
      long epoch,
      String supportDigest,
      int supportSize,
      List<LabelCount> supportByLabel,
      Basis basis,
      boolean opened,
      boolean truncated,
      String engine,
      List<Answer> answers,
      OptionalDouble propensity) {
    this(
        lineage,
        task,
        query,
        partition,
        offset,
        release,
        epoch,
        supportDigest,
        supportSize,
        supportByLabel,
        basis,
        opened,
        truncated,
        engine,
        answers,
        propensity,
        Optional.empty());
  }

  public Prediction {
    TaskKey.requireTask(lineage, task);
    supportByLabel = List.copyOf(supportByLabel);
    answers = List.copyOf(answers);
  }

  /** What an answer rests on. */
  public enum Basis {
    /** At least one example. */
    EXAMPLES,
    /** The names of the task's labels. */
    LABEL_NAMES,
    /** Nothing but the release. */
    RELEASE_ALONE,
    /** What the segment of the task says, and no example of its own. */
    SEGMENT
  }

  /** How many examples of a label were in force. */
  public record LabelCount(String label, int examples) {}

  /**
   * What one head says.
   *
   * @param learner that made it
   * @param scores best first; equal ones in the order in which labels joined
   */
  public record Answer(String head, String learner, List<Score> scores) {
    public Answer {
      scores = List.copyOf(scores);
    }
  }

  /**
   * How a target fares.
   *
   * @param score a probability for labels, the number itself for numbers, a utility for items
   */
  public record Score(Target target, double score) {}
}
