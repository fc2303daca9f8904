package dev.freshet.scoreboard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Everything that can be set.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param applicationId names the consumer group and the scoreboard's own topics; a new one counts
 *     from the start of the topics
 * @param stateDirectory Kafka Streams' directory
 * @param retention how long predictions and outcomes wait for each other, by the timestamps of the
 *     records; 1 s to 3,650 d
 * @param openMax how many predictions and outcomes each partition holds in memory; beyond that the
 *     oldest leave before the retention has passed; 1 to 100,000,000
 * @param commitInterval how often what was counted is committed; 10 ms to 60 s
 * @param httpHost address to listen on
 * @param httpPort 0 for any free one
 */
public record ScoreboardConfig(
    String bootstrapServers,
    String applicationId,
    Path stateDirectory,
    Duration retention,
    int openMax,
    Duration commitInterval,
    String httpHost,
    int httpPort) {

  public static final String APPLICATION_ID_DEFAULT = "freshet-scoreboard";
  public static final Duration RETENTION_DEFAULT = Duration.ofDays(1);
  public static final int OPEN_MAX_DEFAULT = 100_000;
  public static final Duration COMMIT_INTERVAL_DEFAULT = Duration.ofMillis(100);
  public static final String HTTP_HOST_DEFAULT = "127.0.0.1";
  public static final int HTTP_PORT_DEFAULT = 0;

  private static final Pattern SERVER = Pattern.compile("[^\\s,/]+:\\d{1,5}");
  private static final Pattern APPLICATION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Duration RETENTION_MIN = Duration.ofSeconds(1);
  private static final Duration RETENTION_MAX = Duration.ofDays(3_650);
  private static final int OPEN_MAX_MAX = 100_000_000;
  private static final Duration COMMIT_INTERVAL_MIN = Duration.ofMillis(10);
  private static final Duration COMMIT_INTERVAL_MAX = Duration.ofSeconds(60);
  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException naming every problem at once
   */
  public ScoreboardConfig {
    refuse(
        problems(
            bootstrapServers,
            applicationId,
            retention,
            openMax,
            commitInterval,
            httpHost,
            httpPort));
  }

  /** All defaults. */
  public static ScoreboardConfig of(String bootstrapServers, Path stateDirectory) {
    return new ScoreboardConfig(
        bootstrapServers,
        APPLICATION_ID_DEFAULT,
        stateDirectory,
        RETENTION_DEFAULT,
        OPEN_MAX_DEFAULT,
        COMMIT_INTERVAL_DEFAULT,
        HTTP_HOST_DEFAULT,
        HTTP_PORT_DEFAULT);
  }

  /**
   * Reads the keys of {@link ScoreboardKey}.
   *
   * @throws IllegalArgumentException naming every problem at once, unknown keys among them
   */
  public static ScoreboardConfig parse(Map<String, String> settings) {
    SettingsReader read = new SettingsReader(settings);
    String bootstrapServers = read.text(ScoreboardKey.BOOTSTRAP_SERVERS);
    String applicationId = read.text(ScoreboardKey.APPLICATION_ID);
    Path stateDirectory = read.path(ScoreboardKey.STATE_DIRECTORY);
    Duration retention = read.duration(ScoreboardKey.RETENTION);
    int openMax = read.number(ScoreboardKey.OPEN_MAX);
    Duration commitInterval = read.duration(ScoreboardKey.COMMIT_INTERVAL);
    String httpHost = read.text(ScoreboardKey.HTTP_HOST);
    int httpPort = read.number(ScoreboardKey.HTTP_PORT);
    List<String> problems = new ArrayList<>(read.problems());
    problems.addAll(
        problems(
            bootstrapServers,
            applicationId,
            retention,
            openMax,
            commitInterval,
            httpHost,
            httpPort));
    refuse(problems);
    return new ScoreboardConfig(
        bootstrapServers,
        applicationId,
        stateDirectory,
        retention,
        openMax,
        commitInterval,
        httpHost,
        httpPort);
  }

  public ScoreboardConfig withApplicationId(String id) {
    return new ScoreboardConfig(
        bootstrapServers,
        id,
        stateDirectory,
        retention,
        openMax,
        commitInterval,
        httpHost,
        httpPort);
  }

  public ScoreboardConfig withRetention(Duration age) {
    return new ScoreboardConfig(
        bootstrapServers,
        applicationId,
        stateDirectory,
        age,
        openMax,
        commitInterval,
        httpHost,
        httpPort);
  }

  public ScoreboardConfig withOpenMax(int max) {
    return new ScoreboardConfig(
        bootstrapServers,
        applicationId,
        stateDirectory,
        retention,
        max,
        commitInterval,
        httpHost,
        httpPort);
  }

  public ScoreboardConfig withHttpPort(int port) {
    return new ScoreboardConfig(
        bootstrapServers,
        applicationId,
        stateDirectory,
        retention,
        openMax,
        commitInterval,
        httpHost,
        port);
  }

  private static List<String> problems(
      String bootstrapServers,
      String applicationId,
      Duration retention,
      int openMax,
      Duration commitInterval,
      String httpHost,
      int httpPort) {
    List<String> problems = new ArrayList<>();
    for (String server : bootstrapServers.split(",", -1)) {
      if (!SERVER.matcher(server.strip()).matches()) {
        problems.add(
            ScoreboardKey.BOOTSTRAP_SERVERS.problem("host:port, e.g. 127.0.0.1:9092", server));
      }
    }
    if (!APPLICATION_ID.matcher(applicationId).matches()) {
      problems.add(ScoreboardKey.APPLICATION_ID.problem(APPLICATION_ID.pattern(), applicationId));
    }
    if (!isBetween(retention, RETENTION_MIN, RETENTION_MAX)) {
      problems.add(
          ScoreboardKey.RETENTION.problem(RETENTION_MIN + " to " + RETENTION_MAX, retention));
    }
    if (openMax < 1 || openMax > OPEN_MAX_MAX) {
      problems.add(ScoreboardKey.OPEN_MAX.problem("1 to " + OPEN_MAX_MAX, openMax));
    }
    if (!isBetween(commitInterval, COMMIT_INTERVAL_MIN, COMMIT_INTERVAL_MAX)) {
      problems.add(
          ScoreboardKey.COMMIT_INTERVAL.problem(
              COMMIT_INTERVAL_MIN + " to " + COMMIT_INTERVAL_MAX, commitInterval));
    }
    if (httpHost.isBlank()) {
      problems.add(ScoreboardKey.HTTP_HOST.problem("an address, e.g. 127.0.0.1", httpHost));
    }
    if (httpPort < 0 || httpPort > PORT_MAX) {
      problems.add(ScoreboardKey.HTTP_PORT.problem("0 (any) to " + PORT_MAX, httpPort));
    }
    return problems;
  }

  private static boolean isBetween(Duration value, Duration min, Duration max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The scoreboard's configuration has "
              + problems.size()
              + (problems.size() == 1 ? " problem:" : " problems:")
              + "\n  "
              + String.join("\n  ", problems));
    }
  }
}
