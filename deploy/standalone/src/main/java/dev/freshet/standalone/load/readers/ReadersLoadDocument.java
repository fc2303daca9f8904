package dev.freshet.standalone.load.readers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.freshet.standalone.load.LoadDocument.Machine;
import org.jspecify.annotations.Nullable;

/**
 * What {@code freshet load readers --json} prints.
 *
 * @param events appended in all, of tasks
 * @param missing queries without an answer
 * @param duplicates answers beyond the first of a query
 * @param rejected events that the job did not take
 * @param fill the users' arrival
 * @param twenty the state of users with exactly 20 events
 * @param steady latency at the paced rate after the fill
 * @param bot the same beside a bot; absent where none was asked for
 * @param evicted examples that policies dropped, in all
 * @param jobRssMiB the most memory that the job's process has held; absent where the system does
 *     not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadersLoadDocument(
    int users,
    long events,
    long queries,
    long answered,
    long missing,
    long duplicates,
    long rejected,
    Fill fill,
    State state,
    Twenty twenty,
    Latency steady,
    @Nullable Bot bot,
    ItemTable itemTable,
    long evicted,
    @Nullable Long jobRssMiB,
    ReadersLoadSettings settings,
    Machine machine) {

  /**
   * The users' arrival.
   *
   * @param events ratings and queries
   * @param eventsPerSecond from the first append to the last answer, checkpoints included
   */
  public record Fill(long events, long queries, double seconds, double eventsPerSecond) {}

  /**
   * The job's state after the fill.
   *
   * @param tasks that have one
   * @param bytes of a checkpoint: all live files of RocksDB, and the item tables
   * @param workingBytes of RocksDB's directory at that moment
   */
  public record State(long tasks, long bytes, double bytesPerTask, long workingBytes) {}

  /**
   * Users with exactly 20 events, before any others.
   *
   * @param bytes of a checkpoint
   */
  public record Twenty(int users, long bytes, double bytesPerUser) {}

  /** From query to answer, by the broker's clock. */
  public record Latency(
      int eventsPerSecond, long queries, long p50Millis, long p99Millis, long maxMillis) {}

  /**
   * A bot on one task.
   *
   * @param events of the bot
   * @param reachedPerSecond how fast they were appended
   * @param evicted examples that policies dropped meanwhile
   * @param neighbours everybody else's queries
   * @param own the bot's queries
   */
  public record Bot(
      int eventsPerSecond,
      long events,
      double reachedPerSecond,
      long evicted,
      Latency neighbours,
      Latency own) {}

  /**
   * What the job wrote of items into the log.
   *
   * @param versions of the item table
   * @param bytes of them in all partitions
   */
  public record ItemTable(long versions, long items, long bytes) {}
}
