package dev.freshet.standalone.load.readers;

import java.util.Map;

/**
 * How much load.
 *
 * @param users who arrive, each with one event at least
 * @param eventsPerUser on average; most have fewer, some have hundreds
 * @param queriesShare of the stream that fills the state, in queries
 * @param twentyUsers users with exactly 20 events each, whose state is weighed before the others
 *     come
 * @param eventsPerSecond of the paced parts, where latency is measured; every other is a query
 * @param seconds of each paced part
 * @param botEventsPerSecond on one task, beside the second paced part; 0: no such part
 * @param exampleIds what ratings are called
 * @param heapMib of the job's JVM
 * @param stateMemoryMib that RocksDB may take of the job's process
 * @param job settings of the job
 */
public record ReadersLoadSettings(
    int users,
    double eventsPerUser,
    double queriesShare,
    int twentyUsers,
    int eventsPerSecond,
    int seconds,
    int botEventsPerSecond,
    ExampleIds exampleIds,
    long seed,
    int heapMib,
    int stateMemoryMib,
    Map<String, String> job) {
  private static final long EVENTS_MAX = 100_000_000;

  public ReadersLoadSettings {
    job = Map.copyOf(job);
    require("--users", users, 1, 10_000_000);
    require("--events-per-user", eventsPerUser, 1, 1_000);
    require("--queries", queriesShare, 0, 0.9);
    require("--twenty-users", twentyUsers, 1, 1_000_000);
    require("--rate", eventsPerSecond, 1, 100_000);
    require("--seconds", seconds, 1, 3_600);
    require("--bot-events-per-second", botEventsPerSecond, 0, 100_000);
    require("--heap", heapMib, 256, 65_536);
    require("--state-memory", stateMemoryMib, 64, 65_536);
    if (users * eventsPerUser > EVENTS_MAX) {
      throw new IllegalArgumentException(
          "--users "
              + users
              + " times --events-per-user "
              + eventsPerUser
              + " is more than "
              + EVENTS_MAX
              + " events; ask for fewer of either");
    }
  }

  private static void require(String option, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          String.format("%s is %s, expected %s to %s", option, text(value), text(min), text(max)));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
