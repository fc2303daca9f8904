package dev.freshet.standalone;

import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.RecordText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;

/** {@code freshet send raw}: events as lines of JSON, each under the key of its task or item. */
@Command(
    name = "raw",
    mixinStandardHelpOptions = true,
    description = {
      "Send events, one JSON object a line, from standard input.",
      "A line that is no event is reported and left out; the exit status is then 1."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  echo '{\"type\":\"ExampleAdded\",\"lineage\":\"categories\",\"task\":\"toys\",'\\",
      "       '\"example\":\"e1\",\"features\":{\"text\":\"Wooden train set\"},'\\",
      "       '\"target\":{\"label\":\"trains\"}}' | freshet send raw"
    })
final class SendRawCommand implements Runnable {
  private static final int PENDING_MAX = 10_000;

  private final Console console;
  private final SharedOptions shared;
  private final TaskEventCodec codec = new TaskEventCodec();
  private final List<Future<RecordMetadata>> pending = new ArrayList<>();
  private long sent;
  private long refused;

  SendRawCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    try (EventWriter writer = new EventWriter(shared.reachable());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          send(writer, line, number);
        }
      }
      settle();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read standard input", e);
    }
    report();
  }

  private void send(EventWriter writer, String line, int number) {
    byte[] bytes = line.strip().getBytes(StandardCharsets.UTF_8);
    Optional<TaskEvent> event = event(bytes, number);
    if (event.isEmpty()) {
      refused++;
      return;
    }
    pending.add(writer.append(event.get(), bytes));
    sent++;
    if (pending.size() >= PENDING_MAX) {
      settle();
    }
  }

  private Optional<TaskEvent> event(byte[] bytes, int number) {
    try {
      TaskEvent event = codec.decode(bytes);
      if (!(event instanceof TaskEvent.Fence)) {
        return Optional.of(event);
      }
      console.note(
          "line "
              + number
              + ": a fence: a release is activated with `freshet releases activate`, and the job"
              + " writes the item table.");
    } catch (UndecodableException e) {
      console.note("line " + number + ": " + e.reason() + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private void settle() {
    pending.forEach(EventWriter::settled);
    pending.clear();
  }

  private void report() {
    if (shared.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("sent", sent);
      document.put("refused", refused);
      console.document(document);
    } else {
      console.result(
          RecordText.counted(sent, "event", "events")
              + " sent, "
              + RecordText.counted(refused, "line", "lines")
              + " refused");
    }
    if (refused > 0) {
      throw new CommandFailure(
          Exit.FAILED,
          RecordText.counted(refused, "line was", "lines were")
              + " no events; see above. All others were sent.");
    }
  }
}
