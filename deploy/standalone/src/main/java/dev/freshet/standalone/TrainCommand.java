package dev.freshet.standalone;

import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.encoders.EncoderChoice;
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
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.training.Beginning;
import dev.freshet.trainer.training.Look;
import dev.freshet.trainer.training.TrainedRelease;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingListener;
import dev.freshet.trainer.training.TrainingResult;
import dev.freshet.trainer.training.TrainingSettings;
import dev.freshet.trainer.training.TrainingTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet train}: a release whose initialisation was learned. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    header = "Learn an initialisation from classes, and write a release.",
    description = {
      "",
      "Episodes are drawn from the training side of WordNet's nouns, or from your own table, half of"
          + " them as a stream would leave them. Training stops on classes it does not train on."
          + " The same seed on the same machine gives the same release.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet train --learner ensemble --out .freshet/releases/categories/ensemble-1",
      "  freshet train --learner lda --csv intents.csv --text text --label intent --out lda-1",
      "  freshet evaluate --release lda-1 --csv other.csv --text text --label intent",
      "  freshet train --lineage readers --ratings ratings.dat --cut-time 60%% --out readers-1",
      "",
      "The directory's name is the release's id. With --json: release, digest, learner, steps,",
      "heldOut and heldOutUntrained (accuracy, logLoss), directory.",
      "Exit status: 0 done, 1 it failed, 2 wrong options or a table that cannot be used."
    })
final class TrainCommand implements Runnable {
  private static final int ROWS_PER_LABEL_MIN = 30;
  private static final double DICTIONARY_MISTAKES = 0.05;
  private static final Set<String> OF_LABELS =
      Set.of(
          "--csv",
          "--text",
          "--label",
          "--delimiter",
          "--charset",
          "--mistakes",
          "--device",
          "--tasks-per-call",
          "--encoder",
          "--checkpoint",
          "--embeddings");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--learner",
      paramLabel = "NAME",
      description =
          "prototype, lda, logistic, plain-logistic, anil, maml, fomaml, reptile, meta-sgd or"
              + " ensemble (the default); with --ratings set-encoder (the default), ridge, cavia, maml, meta-sgd, anil, offset-shrinkage"
              + " or all.")
  private Optional<String> chosenLearner = Optional.empty();

  private String learner = Beginning.ENSEMBLE;

  @Option(
      names = "--set",
      paramLabel = "SETTING=NUMBER",
      description =
          "A setting of the learner; may be repeated. With --ratings: ratingFactors, rankingFactors,"
              + " shrinkage, halfLifeDays.")
  private Map<String, Double> learnerSettings = new LinkedHashMap<>();

  @Mixin private final TableOptions table = new TableOptions();

  @Mixin private final RatingOptions ratings = new RatingOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the release is written; must not hold another one.")
  private Path out = Path.of("");

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Of the outer loop, at most. Default: what the trainer finds enough.")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the split and of all episodes. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--mistakes",
      paramLabel = "SHARE",
      description =
          "Part of the rows that get a wrong label in every other task, 0 to below 1: 0.05 for"
              + " WordNet, which has no mistakes of its own, 0 for a table. Not for ratings.")
  private Optional<Double> mistakes = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "Where to train: cpu, cuda or auto. Default: ${DEFAULT-VALUE}.",
      converter = JobOptions.DeviceText.class)
  private Device device = Device.CPU;

  @Option(
      names = "--tasks-per-call",
      paramLabel = "N",
      description =
          "Tasks of a call; a step of the outer loop learns from eight calls, and the held-out"
              + " classes are judged by 120. On a GPU a call of many takes hardly longer than one of"
              + " few. Default: 4.")
  private Optional<Integer> tasksPerCall = Optional.empty();

  @Option(
      names = "--encoder",
      paramLabel = "ID",
      defaultValue = MiniLmEncoder.ID,
      description =
          "What turns texts into vectors; all-minilm-l6-v2 where built with -Pfloat-encoder."
              + " Default: ${DEFAULT-VALUE}.")
  private String encoderId = MiniLmEncoder.ID;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Written as training goes; read, if it is there, to go on.")
  private Optional<Path> checkpoint = Optional.empty();

  @Option(
      names = "--embeddings",
      paramLabel = "DIR",
      description = "Keep vectors there for the next run.")
  private Optional<Path> embeddings = Optional.empty();

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "Markdown to add to the model card: what training cannot know.")
  private Optional<Path> card = Optional.empty();

  TrainCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    String notes = card.map(TrainCommand::text).orElse("");
    if (ratings.isGiven()) {
      requireNothingOfLabels();
      new ReaderTrain(console, shared)
          .run(ratings.read(), chosenLearner.orElse(""), learnerSettings, steps, seed, notes, out);
      return;
    }
    learner = chosenLearner.orElse(Beginning.ENSEMBLE);
    requireKnownShare();
    TrainingSettings settings = Input.checked(this::settings);
    requireKnownLearner();
    Input.usable(device);
    try (TextEncoder encoder = EncoderChoice.create(encoderId, device);
        EmbeddingStore store =
            embeddings
                .map(directory -> EmbeddingStore.open(directory, encoder))
                .orElseGet(() -> EmbeddingStore.inMemory(encoder));
        StepBar bar = new StepBar()) {
      TrainingTasks tasks =
          TrainingTasks.of(corpus(), store, settings, bar::at).withMistakes(mistakes(), seed);
      TrainingResult result =
          new Trainer(settings)
              .train(
                  Beginning.of(learner, learnerSettings, tasks), tasks, checkpoint, listener(bar));
      String id = String.valueOf(out.toAbsolutePath().getFileName());
      Release release =
          new TrainedRelease(shared.lineage(), id, encoder.id(), Optional.empty(), notes)
              .write(out, result, tasks, settings);
      report(release, result);
    } catch (UnusableCorpusException | IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void requireNothingOfLabels() {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (OF_LABELS.contains(option.longestName())) {
        throw Input.misuse(
            option.longestName()
                + " is for labels, not for ratings or a simulation. Leave it out.");
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Input.misuse("--card: cannot read " + file + ": " + e.getMessage());
    }
  }

  /** A dictionary is never wrong; people are, and their tables have their mistakes already. */
  private double mistakes() {
    return mistakes.orElse(table.source(ROWS_PER_LABEL_MIN).isPresent() ? 0 : DICTIONARY_MISTAKES);
  }

  private void requireKnownShare() {
    double share = mistakes.orElse(0.0);
    if (!(share >= 0 && share < 1)) {
      throw Input.misuse("--mistakes: got " + share + ", expected 0 to below 1.");
    }
  }

  /** Before the wait for embeddings, which a wrong name should not cost. */
  private void requireKnownLearner() {
    if (!learner.equals(Beginning.ENSEMBLE)) {
      try {
        Learners.named(learner);
      } catch (IllegalArgumentException e) {
        throw Input.misuse("--learner: " + e.getMessage() + " Or '" + Beginning.ENSEMBLE + "'.");
      }
    }
  }

  private TrainingSettings settings() {
    TrainingSettings settings = TrainingSettings.DEFAULT.withSeed(seed).withDevice(device);
    settings = tasksPerCall.map(settings::withTasksPerCall).orElse(settings);
    return steps.map(settings::withSteps).orElse(settings);
  }

  private Corpus corpus() {
    Optional<CsvSource> source = table.source(ROWS_PER_LABEL_MIN);
    return source.isPresent() ? CsvCorpus.read(source.get()) : WordNetCorpus.loadSplit().train();
  }

  private TrainingListener listener(StepBar bar) {
    return new TrainingListener() {
      private String seen = "";

      @Override
      public void stepped(int done, int of, double loss) {
        bar.at("training", done, of, String.format(Locale.ROOT, "loss %.3f%s", loss, seen));
      }

      @Override
      public void looked(Look look) {
        seen = String.format(Locale.ROOT, ", held out %.1f %%", 100 * look.heldOut().accuracy());
        if (!Terminal.isStderr()) {
          console.note("step " + look.step() + seen);
        }
      }
    };
  }

  private void report(Release release, TrainingResult result) {
    if (shared.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("release", release.manifest().release());
      document.put("digest", release.digest());
      document.put("learner", release.manifest().learner());
      document.put("steps", result.steps());
      document.put("heldOut", result.best().heldOut());
      document.put("heldOutUntrained", result.before());
      document.put("directory", out.toAbsolutePath().toString());
      console.document(document);
      return;
    }
    console.result(
        String.format(
            Locale.ROOT,
            "%s: %d steps, held out %.1f %% (untrained %.1f %%), log loss %.3f (%.3f), in %s",
            release,
            result.steps(),
            100 * result.best().heldOut().accuracy(),
            100 * result.before().accuracy(),
            result.best().heldOut().logLoss(),
            result.before().logLoss(),
            out));
  }
}
