package dev.freshet.standalone.demo;

import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.ScoreRecord;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Streams tasks into a running stack and watches what becomes of them. */
public final class Demo {
  private static final Duration SCOREBOARD_SILENCE_MAX = Duration.ofSeconds(60);

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
      Recount recount = Recount.of(stack.broker());
      List<ScoreRecord> agreed =
          new ScoreboardWait(() -> scores(stack), recount::differences, SCOREBOARD_SILENCE_MAX)
              .agreed();
      return document(stack, watch, recount, agreed);
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
    List<AccuracyRow> rows = AccuracyRow.of(scores(stack).orElse(List.of()));
    return new StreamWatch.Figures(AccuracyTable.lines(rows), AccuracyTable.brief(rows));
  }

  /** None while they cannot be read. */
  private static Optional<List<ScoreRecord>> scores(LocalStack stack) {
    try {
      return Optional.of(stack.scoreboard().scores());
    } catch (ScoreboardNotReadyException e) {
      return Optional.empty();
    }
  }

  private DemoDocument document(
      LocalStack stack, AnswerWatch watch, Recount recount, List<ScoreRecord> scores) {
    return new DemoDocument(
        recount.queries(),
        recount.answered(),
        recount.missing(),
        recount.duplicates(),
        recount.rejected(),
        adaptations(stack, recount),
        AccuracyRow.of(scores),
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

  /** The job's counter, once the answers that are known have come to its counters. */
  public static long adaptations(LocalStack stack, Recount recount) {
    stack.job().awaitCounted(recount.answered());
    return stack.job().counter("adaptations");
  }
}
