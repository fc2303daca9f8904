package dev.freshet.standalone;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.log.JsonText;
import dev.freshet.standalone.log.PredictionWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet query}: asks a task and waits for the answer. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    header = "Ask a task and wait for its answer.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet query toys \"Die-cast racing car\"",
      "  freshet query toys \"Rag doll\" --heads label,prototype,unadapted --json",
      "  freshet query ann --item i00042 --lineage readers",
      "  freshet query ann --top 10 --attribute genre:3 --lineage readers",
      "  freshet query ann --candidates i00001,i00002,i00003 --explore epsilon --lineage readers",
      "",
      "Heads every release has: unadapted (the same release, label names only, no example) and,",
      "where it learns labels, prototype (nearest mean, the yardstick).",
      "",
      "With --json, the prediction: lineage, task, query, partition and offset (of the query in the",
      "log), release, epoch, supportDigest, supportSize, supportByLabel, basis, opened, truncated,",
      "engine, answers (head, learner, scores best first), propensity (where it explores), itemTable",
      "(version and digest).",
      "Exit status: 0 answered, 1 refused, 2 wrong options, 3 no broker, 4 no answer in time."
    })
final class QueryCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Parameters(index = "0", paramLabel = "TASK", description = "Name of the task.")
  private String task = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "What is asked about.")
  private Optional<String> text = Optional.empty();

  @Mixin private final AskedOptions asked = new AskedOptions();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = DurationText.class,
      defaultValue = "5s",
      description = "How long to wait for the answer. Default: ${DEFAULT-VALUE}.")
  private Duration patience = Duration.ofSeconds(5);

  @Option(
      names = "--heads",
      split = ",",
      paramLabel = "HEAD",
      description = "Heads to answer. Default: those of the release.")
  private List<String> heads = new ArrayList<>();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "By which its outcome can be told. Made up if not given.")
  private String id = Ids.next("q");

  QueryCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    QueryAsked query = Input.checked(this::query);
    Prediction prediction = answer(query);
    if (shared.json()) {
      console.document(JsonText.parse(RecordCodec.predictions().toJson(prediction)));
    } else {
      print(prediction, query);
    }
  }

  private QueryAsked query() {
    return new QueryAsked(
        shared.lineage(),
        task,
        id,
        asked.features(text),
        heads,
        asked.candidates(),
        asked.topK(),
        asked.filter(),
        asked.exploration());
  }

  private Prediction answer(QueryAsked query) {
    try (PredictionWait wait = new PredictionWait(shared.reachable())) {
      return wait.ask(query, patience);
    }
  }

  private void print(Prediction prediction, QueryAsked query) {
    AnswerText.lines(prediction, query.exploration()).forEach(console::result);
    if (prediction.truncated()) {
      console.note("The text was longer than the encoder reads; its end did not count.");
    }
  }
}
