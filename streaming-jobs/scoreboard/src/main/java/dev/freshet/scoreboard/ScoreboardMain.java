package dev.freshet.scoreboard;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Runs the scoreboard until the process is told to stop. Only wires.
 *
 * <p>Settings, later ones win: environment ({@code FRESHET_SCOREBOARD_HTTP_PORT} for {@code
 * http.port}), then the arguments in their order, each a properties file ({@code @FILE}) or {@code
 * KEY=VALUE}. Exit codes: 0 stopped, 1 failed, 2 wrong settings.
 */
public final class ScoreboardMain {
  private static final String ENVIRONMENT_PREFIX = "FRESHET_SCOREBOARD_";

  private ScoreboardMain() {}

  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(help());
      return;
    }
    ScoreboardConfig config;
    try {
      config = ScoreboardConfig.parse(settings(System.getenv(), List.of(args)));
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(
          e instanceof IOException ? "Cannot read " + e.getMessage() : e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(run(new Scoreboard(config)));
  }

  private static int run(Scoreboard scoreboard) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(scoreboard::close, "close-scoreboard"));
    try {
      scoreboard.start();
      System.out.println("scoreboard: " + scoreboard.address() + "/scores");
      scoreboard.awaitStopped();
      return 0;
    } catch (ScoreboardStartException | IllegalStateException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  static Map<String, String> settings(Map<String, String> environment, List<String> args)
      throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (ScoreboardKey key : ScoreboardKey.values()) {
      String fromEnvironment = environment.get(ENVIRONMENT_PREFIX + key.name());
      if (fromEnvironment != null) {
        settings.put(key.key(), fromEnvironment);
      }
    }
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (arg.startsWith("@")) {
        settings.putAll(file(Path.of(arg.substring(1))));
      } else if (equals > 0) {
        settings.put(arg.substring(0, equals), arg.substring(equals + 1));
      } else {
        throw new IllegalArgumentException(
            "argument is '" + arg + "', expected KEY=VALUE or @FILE; --help lists the keys");
      }
    }
    return settings;
  }

  private static Map<String, String> file(Path path) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    return settings;
  }

  private static String help() {
    StringBuilder help = new StringBuilder("Keeps score of Freshet's predictions.\n\n");
    help.append("Usage: ScoreboardMain [KEY=VALUE | @FILE]...\n\n");
    for (ScoreboardKey key : ScoreboardKey.values()) {
      help.append(
          String.format(
              Locale.ROOT,
              "  %-18s %s (%s)%n",
              key.key(),
              key.meaning(),
              key.defaultValue().map(value -> "default " + value).orElse("required")));
    }
    return help.toString();
  }
}
