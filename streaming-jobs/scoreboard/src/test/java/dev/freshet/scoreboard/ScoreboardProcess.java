package dev.freshet.scoreboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scoreboard in a process of its own, so that it can be killed. */
final class ScoreboardProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("scoreboard: (http://\\S+)/scores");
  private static final Pattern JUDGED = Pattern.compile("\"judged\":(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path log;
  private final Process process;

  ScoreboardProcess(Path log, String... settings) throws IOException {
    this.log = log;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ScoreboardMain.class.getName());
    command.addAll(List.of(settings));
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** How many predictions it says it has judged, committed or not; 0 while it cannot say. */
  long judged() {
    try {
      Matcher address = ADDRESS.matcher(Files.readString(log));
      if (!address.find()) {
        return 0;
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address.group(1) + "/counts")).build();
      Matcher judged = JUDGED.matcher(client.send(request, BodyHandlers.ofString()).body());
      return judged.find() ? Long.parseLong(judged.group(1)) : 0;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("The scoreboard's process does not answer", e);
    }
  }

  /** SIGKILL: nothing is committed or closed. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
