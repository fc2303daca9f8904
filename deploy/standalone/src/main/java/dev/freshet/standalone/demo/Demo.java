package dev.freshet.standalone.demo;

import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Topics;
import dev.freshet.scoreboard.ScoreboardNotReadyException;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.CsvCorpus;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.taskstream.CategoryTaskStream;
import dev.freshet.trainer.taskstream.Step;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Streams tasks into a running stack and watches what becomes of them. */
public final class Demo {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);
  private static final Duration SCOREBOARD_PATIENCE = Duration.ofSeconds(30);
  private static final int DIFFERENCES_SHOWN = 5;

  private final DemoSettings settings;
  private final Corpus corpus;
  private final CategoryTaskStream stream;
  private final long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();

  private Demo(DemoSettings settings, Corpus corpus) {
    this.settings = settings;
    this.corpus = corpus;
    this.stream =
        new CategoryTaskStream(corpus, settings.stream(ShippedRelease.CATEGORIES.lineage()));
  }

  /** Reads the corpus and checks that tasks can be made of it. */
  public static Demo prepare(DemoSettings settings) {
    return new Demo(
        settings,
        settings.table().map(CsvCorpus::read).orElseGet(() -> WordNetCorpus.loadSplit().demo()));
  }

  public Corpus corpus() {
    return corpus;
  }

  /** Where progress is shown. */
  public enum Display {
    /** A table drawn over itself on standard output. */
    TABLE,
    /** A bar on standard error. */
    BAR,
    /** Lines on standard error. */
    LINES
  }

  /**
   * Streams, watches, and counts again.
   *
   * @param stopping whether the process is about to end; nothing more is shown then
   * @throws CommandFailure with {@link Exit#FAILED} if the job fails or the scoreboard and the
   *     topics disagree
   */
  public DemoDocument run(
      LocalStack stack, Console console, Display display, BooleanSupplier stopping) {
    console.note("warming up …");
    new WarmUp(ShippedRelease.CATEGORIES.lineage()).run(stack.broker());
    try (Feeder feeder = new Feeder(stack.broker(), stream.steps(), settings.eventsPerSecond());
        AnswerWatch watch = new AnswerWatch(stack.broker(), startMillis);
        ProgressView view = new ViewUntilStopped(view(console, display), stopping)) {
      feeder.start();
      watchUntilAnswered(stack, feeder, watch, view);
      Recount recount = agreed(stack);
      return document(stack, watch, recount);
    }
  }

  private ProgressView view(Console console, Display display) {
    return switch (display) {
      case TABLE -> new LiveTable(console);
      case BAR ->
          settings.tasks().isPresent() ? new QueryBar(console, queries()) : new PlainLines(console);
      case LINES -> new PlainLines(console);
    };
  }

  private long queries() {
    long queries = 0;
    for (Iterator<Step> steps = stream.steps(); steps.hasNext(); ) {
      queries += steps.next().event() instanceof QueryAsked ? 1 : 0;
    }
    return queries;
  }

  /** Ends when all is answered, or when nothing more comes. */
  private static void watchUntilAnswered(
      LocalStack stack, Feeder feeder, AnswerWatch watch, ProgressView view) {
    long start = System.nanoTime();
    long lastProgress = start;
    long answeredBefore = 0;
    while (!feeder.isDone() || watch.answered() < feeder.queries()) {
      watch.look(LOOK);
      feeder.requireNoFailure();
      view.show(
          new ProgressView.Moment(
              (System.nanoTime() - start) / 1e9,
              feeder.queries(),
              watch.answered(),
              accuracy(stack)));
      if (watch.answered() > answeredBefore) {
        answeredBefore = watch.answered();
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > SILENCE_MAX.toNanos()) {
        requireAlive(stack);
        return;
      }
    }
    feeder.requireNoFailure();
  }

  private static void requireAlive(LocalStack stack) {
    if (!stack.isAlive()) {
      throw new CommandFailure(Exit.FAILED, "The job has failed: " + stack.job().failure());
    }
  }

  private static List<AccuracyRow> accuracy(LocalStack stack) {
    try {
      return AccuracyRow.of(stack.scoreboard().scores());
    } catch (ScoreboardNotReadyException e) {
      return List.of();
    }
  }

  /** A recount that the scoreboard agrees with, once it has read to the end. */
  private static Recount agreed(LocalStack stack) {
    Recount recount = Recount.of(stack.broker());
    long deadline = System.nanoTime() + SCOREBOARD_PATIENCE.toNanos();
    List<String> differences = recount.differences(stack.scoreboard().scores());
    while (!differences.isEmpty() && System.nanoTime() < deadline) {
      pause();
      differences = recount.differences(stack.scoreboard().scores());
    }
    if (!differences.isEmpty()) {
      throw new CommandFailure(
          Exit.FAILED,
          "The scoreboard and the topics disagree in "
              + differences.size()
              + " scores, after "
              + SCOREBOARD_PATIENCE.toSeconds()
              + " s:\n  "
              + String.join(
                  "\n  ", differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size()))));
    }
    return recount;
  }

  private DemoDocument document(LocalStack stack, AnswerWatch watch, Recount recount) {
    return new DemoDocument(
        recount.queries(),
        recount.answered(),
        recount.missing(),
        recount.duplicates(),
        recount.rejected(),
        adaptations(stack, recount),
        AccuracyRow.of(stack.scoreboard().scores()),
        DemoDocument.Latency.of(recount.latencyMillis(false)),
        new DemoDocument.WarmedUp(
            WarmUp.TASK_PREFIX,
            recount.warmUpQueries(),
            DemoDocument.Latency.of(recount.latencyMillis(true))),
        stack.release(ShippedRelease.CATEGORIES.lineage()),
        recount.engine(),
        new DemoDocument.TopicAddresses(
            stack.broker().bootstrapServers(),
            Topics.TASK_EVENTS,
            Topics.PREDICTIONS,
            Topics.REJECTED_EVENTS,
            Topics.SCORES,
            Topics.RELEASES),
        DemoDocument.orNull(watch.firstSeconds()),
        settings.tasks().orElse(0),
        settings.seed(),
        corpus.name(),
        corpus.skipped(),
        DemoDocument.orNull(stack.peakMemoryMib()),
        DemoDocument.NOTES);
  }

  /** The job's counter is up to a second behind; it has arrived when its predictions have. */
  private static long adaptations(LocalStack stack, Recount recount) {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (stack.job().counter("predictions") < recount.answered()
        && System.nanoTime() < deadline) {
      pause();
    }
    return stack.job().counter("adaptations");
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }
}
