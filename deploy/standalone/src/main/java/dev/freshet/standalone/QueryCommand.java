package dev.freshet.standalone;

import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.standalone.console.BarChart;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.log.JsonText;
import dev.freshet.standalone.log.PredictionWait;
import dev.freshet.standalone.log.RecordText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
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
      "",
      "Heads every release has: prototype (nearest mean, the yardstick) and unadapted (the same",
      "release, label names only, no example).",
      "",
      "With --json, the prediction: lineage, task, query, partition and offset (of the query in the",
      "log), release, epoch, supportDigest, supportSize, supportByLabel, basis, opened, truncated,",
      "engine, answers (head, learner, scores best first).",
      "Exit status: 0 answered, 1 refused, 2 wrong options, 3 no broker, 4 no answer in time."
    })
final class QueryCommand implements Runnable {
  private static final int BAR_WIDTH = 24;

  private final Console console;
  private final SharedOptions shared;

  @Parameters(index = "0", paramLabel = "TASK", description = "Name of the task.")
  private String task = "";

  @Parameters(index = "1", paramLabel = "TEXT", description = "What is asked about.")
  private String text = "";

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
    QueryAsked query =
        Input.checked(
            () ->
                new QueryAsked(
                    shared.lineage(),
                    task,
                    id,
                    Optional.of(new TextFeatures(text)),
                    heads,
                    List.of(),
                    OptionalInt.empty()));
    Prediction prediction = answer(query);
    if (shared.json()) {
      console.document(JsonText.parse(RecordCodec.predictions().toJson(prediction)));
    } else {
      print(prediction);
    }
  }

  private Prediction answer(QueryAsked query) {
    try (PredictionWait wait = new PredictionWait(shared.reachable())) {
      return wait.ask(query, patience);
    }
  }

  private void print(Prediction prediction) {
    prediction.answers().forEach(answer -> print(answer, prediction.answers().size() > 1));
    if (prediction.answers().stream().allMatch(answer -> answer.scores().isEmpty())) {
      console.result("nothing to choose from: the task has no labels yet");
    }
    console.result(
        String.format(
            "query %s · %s · %s · release %s · %s",
            prediction.query(),
            basis(prediction),
            RecordText.counted(prediction.supportSize(), "example", "examples"),
            prediction.release(),
            prediction.engine()));
    if (prediction.truncated()) {
      console.note("The text was longer than the encoder reads; its end did not count.");
    }
  }

  private void print(Answer answer, boolean named) {
    if (named) {
      console.result(answer.head() + " (" + answer.learner() + ")");
    }
    int width =
        answer.scores().stream()
            .mapToInt(score -> RecordText.text(score.target()).length())
            .max()
            .orElse(0);
    for (Score score : answer.scores()) {
      console.result(
          String.format(
              Locale.ROOT,
              "  %-" + Math.max(1, width) + "s  %s %.3f",
              RecordText.text(score.target()),
              BarChart.bar(score.score(), BAR_WIDTH),
              score.score()));
    }
  }

  private static String basis(Prediction prediction) {
    String rests =
        switch (prediction.basis()) {
          case EXAMPLES -> "from its examples";
          case LABEL_NAMES -> "from its labels' names alone";
          case RELEASE_ALONE -> "from the release alone";
          case SEGMENT -> "from what its segment says";
        };
    return prediction.opened() ? rests : rests + ", task never opened";
  }
}
