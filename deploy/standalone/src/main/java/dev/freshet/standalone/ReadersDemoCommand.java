package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.readerdemo.ReaderDemo;
import dev.freshet.standalone.readerdemo.ReaderDemoSettings;
import dev.freshet.standalone.readerdemo.ReaderDocument;
import dev.freshet.standalone.readerdemo.ReaderReport;
import dev.freshet.standalone.readerdemo.ReaderSource;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.readers.ReaderSettings;
import dev.freshet.trainer.readers.ReaderTraining;
import dev.freshet.trainer.readerstream.StreamSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet demo readers}: users whom the release has never seen, as a stream. */
@Command(
    name = "readers",
    mixinStandardHelpOptions = true,
    header = "Stream users the release has never seen, and watch it learn their taste.",
    description = {
      "",
      "Starts everything on free ports with a directory of its own and leaves nothing behind. Users"
          + " come one after another, as they did in the ratings; each is a task, each rating an"
          + " example. Just before every rating its number is asked for, and now and then the best"
          + " items. Without --ratings all of it is a simulation: nobody in it ever lived.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet demo readers",
      "  freshet demo readers --once --json",
      "  freshet demo readers --once --ratings ratings.dat --items movies.dat",
      "",
      "Columns, on the same questions: adapted is the release adapted to the user's own ratings (and,",
      "before the first, to what the user's segment says); un-adapted the release alone; offset the",
      "item's mean plus the user's shrunken mean difference; item base the item's mean; popular the",
      "most rated items, 7 days those most rated of late. The error is the mean absolute one, less is",
      "better; of nDCG@10 more is. Of each user the mean counts once in a row.",
      "",
      "With --json, one document. Everything in it can be counted again from the topics:",
      "  source, simulation     where users and items come from, and whether it is a simulation",
      "  queries, answered, missing, duplicates, rejected   of the whole log, warm-up included",
      "  adaptations            computed by the job since its start, warm-up included",
      "  rowsByEvents           list of ownEvents (from, to), mae and ndcg10 (by learner: value, ci95,",
      "                         users), paired (metric, against, difference: adapted less the other)",
      "  latencyMillis, numberLatencyMillis, orderLatencyMillis   p50, p99, query appended to answer",
      "                         appended, by the broker's clock: of all the stream's questions, of",
      "                         those for a number, of those for the best items",
      "  newItemSecondsMax, newItems   from the append of an item's event to the first answer with it",
      "                         in it, the longest of so many tried while the stream flowed",
      "  lineage, release, engine, trainingSeconds   what answered, and how long it was trained if so",
      "  warmUp, topics, firstPredictionSeconds, users, events, eventsPerSecond, relevantFrom, seed,",
      "  processesRssMiB, notes",
      "Exit status: 0 all answered, 1 it failed, 2 wrong options, 4 answers are missing."
    })
final class ReadersDemoCommand implements Runnable {
  private static final String TRAINED_ID = "demo-1";

  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--once",
      description = "A hundred users instead of all there are. It ends by itself in any case.")
  private boolean once;

  @Option(
      names = "--users",
      paramLabel = "N",
      description =
          "How many, the first to come. Default: "
              + ReaderDemoSettings.USERS_DEFAULT
              + " with --once or --keep, else all there are.")
  private Optional<Integer> users = Optional.empty();

  @Option(
      names = "--relevant-from",
      paramLabel = "V",
      description =
          "A later item rated so well should have been among the best. Default: three quarters up"
              + " the scale, which is 4 of 1 to 5.")
  private Optional<Double> relevantFrom = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of retractions, withdrawals and training. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS",
      defaultValue = "150",
      description =
          "Events a second. Default: ${DEFAULT-VALUE}, which two cores follow; with more than the"
              + " machine can do, latency shows a queue.")
  private int rate = 150;

  @Mixin private final RatingOptions ratings = new RatingOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "With --ratings: of every outer loop of the training, at most. Default: what the trainer"
              + " finds enough.")
  private Optional<Integer> steps = Optional.empty();

  @Mixin private final DemoEnding ending = new DemoEnding();

  @Mixin private final JobOptions job = new JobOptions(Device.AUTO);

  ReadersDemoCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  /** A source, and how long its release was trained. */
  private record Prepared(ReaderDemo demo, OptionalDouble trainingSeconds) {}

  @Override
  public void run() {
    ReaderDemoSettings settings = Input.checked(this::settings);
    if (steps.isPresent() && !ratings.isGiven()) {
      throw Input.misuse("--steps is of a training: give it with --ratings FILE.");
    }
    Map<String, String> ofJob = job.settings();
    Prepared prepared = prepare(settings);
    TemporaryStack.use("demo-readers", ofJob, console, (stack, life) -> run(prepared, stack, life));
  }

  private Prepared prepare(ReaderDemoSettings settings) {
    if (!ratings.isGiven()) {
      ReaderDemo demo = Input.checked(() -> ReaderDemo.prepare(ReaderSource.shipped(), settings));
      return new Prepared(demo, OptionalDouble.empty());
    }
    RatingOptions.Data data = ratings.readCutAt(ReaderSource.CUT);
    long start = System.nanoTime();
    ReaderSource source = Input.checked(() -> trained(data));
    double seconds = (System.nanoTime() - start) / 1e9;
    console.note(String.format(Locale.ROOT, "trained in %.0f s", seconds));
    return new Prepared(
        Input.checked(() -> ReaderDemo.prepare(source, settings)), OptionalDouble.of(seconds));
  }

  /** From what came before the cut, under the lineage that ships with users. */
  private ReaderSource trained(RatingOptions.Data data) {
    console.note(
        String.format(
            Locale.ROOT,
            "%s: training on the %,d of %,d ratings that came before the cut …",
            data.log().name(),
            data.split().before().size(),
            data.log().ratings().size()));
    ReaderSettings settings = ReaderSettings.DEFAULT.withSeed(seed);
    ReaderSettings chosen =
        steps.isPresent() ? settings.withSteps(steps.get(), steps.get()) : settings;
    try (StepBar bar = new StepBar()) {
      return new ReaderSource(
          data.log().name(),
          ratings.isSimulation(),
          new ReaderTraining(chosen, bar::at)
              .train(data.log().name(), data.split(), data.attributes(), data.segments())
              .assemble(ShippedRelease.READERS.lineage(), TRAINED_ID),
          new StreamSource(data.split(), data.attributes(), data.segments()));
    }
  }

  private void run(Prepared prepared, LocalStack stack, UntilInterrupted life) {
    ReaderReport report = new ReaderReport(console);
    report.introduce(prepared.demo(), stack);
    ReaderDocument document =
        prepared
            .demo()
            .run(
                stack,
                console,
                DemoCommand.display(shared),
                life::isEnding,
                prepared.trainingSeconds());
    if (shared.json()) {
      console.document(document);
    } else {
      report.summarise(document);
    }
    ending.end(document, stack, life, console);
  }

  private ReaderDemoSettings settings() {
    int all =
        once || ending.isKept() ? ReaderDemoSettings.USERS_DEFAULT : ReaderDemoSettings.USERS_ALL;
    return new ReaderDemoSettings(
        users.orElse(all),
        seed,
        rate,
        relevantFrom.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
  }
}
