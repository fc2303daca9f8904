package dev.freshet.scoreboard;

import java.util.Optional;

/** A setting as it is written in files and on command lines: its key, default and meaning. */
public enum ScoreboardKey {
  BOOTSTRAP_SERVERS("bootstrap.servers", Optional.empty(), "Kafka brokers, host:port[,host:port]"),
  APPLICATION_ID(
      "application.id",
      Optional.of(ScoreboardConfig.APPLICATION_ID_DEFAULT),
      "consumer group and prefix of the scoreboard's own topics"),
  STATE_DIRECTORY("state.directory", Optional.empty(), "Kafka Streams' directory"),
  RETENTION(
      "retention",
      Optional.of(ScoreboardConfig.RETENTION_DEFAULT.toString()),
      "how long predictions and outcomes wait for each other, ISO 8601"),
  OPEN_MAX(
      "open.max",
      Optional.of(Integer.toString(ScoreboardConfig.OPEN_MAX_DEFAULT)),
      "how many predictions and outcomes a partition holds at most"),
  COMMIT_INTERVAL(
      "commit.interval",
      Optional.of(ScoreboardConfig.COMMIT_INTERVAL_DEFAULT.toString()),
      "how often is committed what was counted, ISO 8601"),
  HTTP_HOST("http.host", Optional.of(ScoreboardConfig.HTTP_HOST_DEFAULT), "address to listen on"),
  HTTP_PORT(
      "http.port",
      Optional.of(Integer.toString(ScoreboardConfig.HTTP_PORT_DEFAULT)),
      "port to listen on, 0 for any free one");

  private final String key;
  private final Optional<String> defaultValue;
  private final String meaning;

  ScoreboardKey(String key, Optional<String> defaultValue, String meaning) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  public String key() {
    return key;
  }

  /** Empty where the setting has to be given. */
  public Optional<String> defaultValue() {
    return defaultValue;
  }

  public String meaning() {
    return meaning;
  }

  String problem(String expected, Object got) {
    return key + ": expected " + expected + ", got '" + got + "'";
  }
}
