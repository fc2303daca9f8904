package dev.freshet.standalone;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.encoders.EncoderChoice;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.CsvCorpus;
import dev.freshet.trainer.corpus.CsvSource;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.evaluation.Evaluation;
import dev.freshet.trainer.evaluation.EvaluationResults;
import dev.freshet.trainer.evaluation.EvaluationSettings;
import dev.freshet.trainer.evaluation.Lineup;
import dev.freshet.trainer.evaluation.Names;
import dev.freshet.trainer.evaluation.Protocol;
import dev.freshet.trainer.evaluation.Result;
import dev.freshet.trainer.report.EvaluationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet evaluate}: a release beside its yardsticks. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    header = "Judge a release on tasks it never saw, beside its yardsticks.",
    description = {
      "",
      "Episodes are drawn from your own table, or from the categories of WordNet that no release"
          + " was trained on. Beside the release stand itself un-adapted, the nearest mean and"
          + " logistic regression, on the same questions; differences are paired. With --learners,"
          + " others stand there too.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet evaluate --ways 5,all --shots 0,1,5,10 --episodes 100",
      "  freshet evaluate --csv intents.csv --text text --label intent --ways all --json",
      "  freshet evaluate --learners default,lda --ways all --shots 5 --names",
      "  freshet evaluate --stream --names --episodes 40 --report report",
      "  freshet evaluate --release readers-1 --ratings ratings.dat --cut-time 60%%",
      "  freshet evaluate --off-policy --log bts.csv.gz --target-log random.csv.gz",
      "",
      "With --json: results, a list of learner, ways, shots, names, episodes, accuracy (0 to 1),",
      "ci95, ece, adaptMicros; paired differences; and what they rest on.",
      "Exit status: 0 done, 2 wrong options or a table that cannot be used, 4 a damaged release."
    })
final class EvaluateCommand implements Runnable {
  private static final int ROWS_PER_LABEL_MIN = 20;

  private final Console console;
  private final SharedOptions shared;

  @Mixin private final JudgedOptions judged;

  @Mixin private final TableOptions table = new TableOptions();

  @Mixin private final RatingOptions ratings = new RatingOptions();

  @Mixin private final ReaderEvaluate.Options readers = new ReaderEvaluate.Options();

  @Mixin private final OffPolicyOptions logs = new OffPolicyOptions();

  @Option(
      names = "--trained-on",
      paramLabel = "FILE",
      description =
          "A table that the release was trained on, with the same columns: none of its labels and"
              + " texts may be judged on. May be repeated. WordNet's training side always is one.")
  private List<Path> trainedOn = List.of();

  @Option(
      names = "--ways",
      paramLabel = "N,…",
      split = ",",
      defaultValue = "5",
      description = "Labels of an episode, or `all`. Default: ${DEFAULT-VALUE}.")
  private List<String> ways = List.of("5");

  @Option(
      names = "--shots",
      paramLabel = "K,…",
      split = ",",
      defaultValue = "0,1,5,10",
      description = "Examples of each label. Default: ${DEFAULT-VALUE}.")
  private List<Integer> shots = List.of(0, 1, 5, 10);

  @Option(
      names = "--stream",
      description = "Judge by the demo's protocol instead: labels appearing one after another.")
  private boolean stream;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      defaultValue = "100",
      description = "For each row; of a stream, tasks. Default: ${DEFAULT-VALUE}.")
  private int episodes = 100;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed draws the same tasks. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--names",
      negatable = true,
      fallbackValue = "true",
      description = "Label names are part of the support, or not. Default: rows for both.")
  private Optional<Boolean> names = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write a page with plots there as well.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--embeddings",
      paramLabel = "DIR",
      description = "Keep vectors there for the next run.")
  private Optional<Path> embeddings = Optional.empty();

  EvaluateCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
    this.judged = new JudgedOptions(shared);
  }

  @Override
  public void run() {
    if (logs.isGiven()) {
      new OffPolicyEvaluate(console, shared).run(logs, ratings.seedAlone());
      return;
    }
    if (ratings.isGiven()) {
      new ReaderEvaluate(console, shared).run(ratings.read(), judged.ofRatings(), readers, seed);
      return;
    }
    Lineup lineup = judged.lineup();
    EvaluationResults results;
    try (TextEncoder encoder =
            EncoderChoice.create(lineup.release().manifest().encoder(), Device.AUTO);
        StepBar steps = new StepBar()) {
      EvaluationSettings settings =
          settings(lineup.release())
              .withEntrants(judged.entrants(lineup, encoder, embeddings, steps::at));
      results = Evaluation.run(settings, encoder, steps::at);
    } catch (UnusableCorpusException | IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, String.valueOf(e.getMessage()), e);
    }
    results.notices().forEach(console::note);
    report.ifPresent(
        directory -> console.note("report: " + EvaluationReport.write(results, directory)));
    if (shared.json()) {
      console.result(results.toJson());
    } else {
      print(results);
    }
  }

  private EvaluationSettings settings(Release release) {
    Protocol protocol =
        stream
            ? Protocol.Stream.OF_THE_DEMO
            : new Protocol.Episodes(ways.stream().map(Ways::parse).toList(), shots);
    Optional<CsvSource> source = table.source(ROWS_PER_LABEL_MIN);
    Corpus corpus =
        source.isPresent() ? CsvCorpus.read(source.get()) : WordNetCorpus.loadSplit().demo();
    EvaluationSettings settings =
        EvaluationSettings.of(release, corpus, protocol, episodes, seed)
            .withNames(asked())
            .withTraining(training());
    return embeddings.map(settings::withEmbeddings).orElse(settings);
  }

  private List<Corpus> training() {
    List<Corpus> training = new ArrayList<>(List.of(WordNetCorpus.loadSplit().train()));
    trainedOn.forEach(file -> training.add(CsvCorpus.read(table.source(file, 1))));
    return training;
  }

  private Set<Names> asked() {
    return names
        .map(given -> Set.of(given ? Names.GIVEN : Names.HIDDEN))
        .orElse(Set.of(Names.GIVEN, Names.HIDDEN));
  }

  private void print(EvaluationResults results) {
    console.result("learner               ways  shots  names   accuracy    ±95%     ECE   µs/task");
    for (Result row : results.results()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%-20s %5s %6s  %-5s   %6.1f %%   %5s   %5.1f  %8.0f",
              row.learner(),
              row.ways(),
              row.shots(),
              row.names() ? "yes" : "no",
              100 * row.accuracy(),
              row.ci95().isPresent()
                  ? String.format(Locale.ROOT, "%.1f", 100 * row.ci95().getAsDouble())
                  : "–",
              100 * row.ece(),
              row.adaptMicros()));
    }
  }
}
