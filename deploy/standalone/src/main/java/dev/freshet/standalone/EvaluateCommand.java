package dev.freshet.standalone;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.encoders.MiniLmEncoder;
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
import dev.freshet.trainer.evaluation.Names;
import dev.freshet.trainer.evaluation.Protocol;
import dev.freshet.trainer.evaluation.Result;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.report.EvaluationReport;
import java.nio.file.Path;
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
          + " logistic regression, on the same questions; differences are paired.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet evaluate --ways 5,all --shots 0,1,5,10 --episodes 100",
      "  freshet evaluate --csv intents.csv --text text --label intent --ways all --json",
      "  freshet evaluate --stream --episodes 40 --report report",
      "  freshet evaluate --release readers-1 --ratings ratings.dat --cut-time 60%",
      "",
      "With --json: results, a list of learner, ways, shots, names, episodes, accuracy (0 to 1),",
      "ci95, ece, adaptMicros; paired differences; and what they rest on.",
      "Exit status: 0 done, 2 wrong options or a table that cannot be used, 4 a damaged release."
    })
final class EvaluateCommand implements Runnable {
  private static final int ROWS_PER_LABEL_MIN = 20;

  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "Directory of a release. Default: the one that ships.")
  private Optional<Path> release = Optional.empty();

  @Mixin private final TableOptions table = new TableOptions();

  @Mixin private final RatingOptions ratings = new RatingOptions();

  @Mixin private final ReaderEvaluate.Options readers = new ReaderEvaluate.Options();

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
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether label names are part of the support. Default: they are.")
  private boolean names = true;

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
  }

  @Override
  public void run() {
    if (ratings.isGiven()) {
      if (release.isEmpty()) {
        throw Input.misuse("--ratings needs --release DIR, one made by `train --ratings`.");
      }
      new ReaderEvaluate(console, shared).run(ratings.read(), judged(), readers, seed);
      return;
    }
    EvaluationResults results;
    try (TextEncoder encoder = MiniLmEncoder.create();
        StepBar steps = new StepBar()) {
      results = Evaluation.run(settings(), encoder, steps::at);
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

  private EvaluationSettings settings() {
    Protocol protocol =
        stream
            ? Protocol.Stream.OF_THE_DEMO
            : new Protocol.Episodes(ways.stream().map(Ways::parse).toList(), shots);
    Optional<CsvSource> source = table.source(ROWS_PER_LABEL_MIN);
    Corpus corpus =
        source.isPresent() ? CsvCorpus.read(source.get()) : WordNetCorpus.loadSplit().demo();
    EvaluationSettings settings =
        EvaluationSettings.of(judged(), corpus, protocol, episodes, seed)
            .withNames(Set.of(names ? Names.GIVEN : Names.HIDDEN))
            .withTraining(List.of(WordNetCorpus.loadSplit().train()));
    return embeddings.map(settings::withEmbeddings).orElse(settings);
  }

  private Release judged() {
    if (release.isEmpty()) {
      return ShippedRelease.assemble();
    }
    try {
      return new ReleaseReader().read(release.get());
    } catch (ReleaseDamagedException e) {
      throw new CommandFailure(Exit.INCOMPLETE, String.valueOf(e.getMessage()), e);
    }
  }

  private void print(EvaluationResults results) {
    console.result("learner               ways  shots   accuracy    ±95%     ECE");
    for (Result row : results.results()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%-20s %5s %6s   %6.1f %%   %5s   %5.1f",
              row.learner(),
              row.ways(),
              row.shots(),
              100 * row.accuracy(),
              row.ci95().isPresent()
                  ? String.format(Locale.ROOT, "%.1f", 100 * row.ci95().getAsDouble())
                  : "–",
              100 * row.ece()));
    }
  }
}
