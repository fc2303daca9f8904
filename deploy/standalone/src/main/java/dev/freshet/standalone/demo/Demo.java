package dev.freshet.standalone.demo;

import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEvent;
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
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Streams tasks into a running stack and watches what becomes of them. */
public final class Demo {
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

  /**
   * Streams, watches, and counts again.
   *
   * @param stopping whether the process is about to end; nothing more is shown then
   * @throws CommandFailure with {@link Exit#FAILED} if the job fails or the scoreboard and the
   *     topics disagree
   */
  public DemoDocument run(
      LocalStack stack, Console console, ProgressView.Display display, BooleanSupplier stopping) {
    console.note("warming up …");
    new WarmUp(new CategoryWarmUp(ShippedRelease.CATEGORIES.lineage())).run(stack.broker());
    try (Feeder feeder = new Feeder(stack.broker(), events(), settings.eventsPerSecond());
        AnswerWatch watch =
            new AnswerWatch(stack.broker(), startMillis, task -> !WarmUp.is(task), answer -> {});
        ProgressView view =
            new ViewUntilStopped(ProgressView.of(display, console, queries()), stopping)) {
      feeder.start();
      new StreamWatch(stack, feeder, watch, view).untilAnswered(() -> figures(stack));
      Recount recount = agreed(stack);
      return document(stack, watch, recount);
    }
  }

  private Iterator<TaskEvent> events() {
    Iterator<Step> steps = stream.steps();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return steps.hasNext();
      }

      @Override
      public TaskEvent next() {
        return steps.next().event();
      }
    };
  }

  private OptionalLong queries() {
    if (settings.tasks().isEmpty()) {
      return OptionalLong.empty();
    }
    long queries = 0;
    for (Iterator<TaskEvent> events = events(); events.hasNext(); ) {
      queries += events.next() instanceof QueryAsked ? 1 : 0;
    }
    return OptionalLong.of(queries);
  }

  private static StreamWatch.Figures figures(LocalStack stack) {
    List<AccuracyRow> rows = accuracy(stack);
    return new StreamWatch.Figures(AccuracyTable.lines(rows), AccuracyTable.brief(rows));
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
        DemoDocument.Latency.of(recount.latencyMillis(task -> !WarmUp.is(task))),
        new DemoDocument.WarmedUp(
            WarmUp.TASK_PREFIX,
            recount.warmUpQueries(),
            DemoDocument.Latency.of(recount.latencyMillis(WarmUp::is))),
        stack.release(ShippedRelease.CATEGORIES.lineage()),
        recount.engine(),
        DemoDocument.TopicAddresses.at(stack.broker()),
        DemoDocument.orNull(watch.firstSeconds()),
        settings.tasks().orElse(0),
        settings.seed(),
        corpus.name(),
        corpus.skipped(),
        DemoDocument.orNull(stack.peakMemoryMib()),
        DemoDocument.NOTES);
  }

  /** The job's counter is up to a second behind; it has arrived when its predictions have. */
  public static long adaptations(LocalStack stack, Recount recount) {
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
