package dev.freshet.standalone.readerdemo;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.demo.AnswerWatch;
import dev.freshet.standalone.demo.Demo;
import dev.freshet.standalone.demo.DemoDocument;
import dev.freshet.standalone.demo.DemoDocument.Latency;
import dev.freshet.standalone.demo.Feeder;
import dev.freshet.standalone.demo.ProgressView;
import dev.freshet.standalone.demo.Recount;
import dev.freshet.standalone.demo.StreamWatch;
import dev.freshet.standalone.demo.ViewUntilStopped;
import dev.freshet.standalone.demo.WarmUp;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.trainer.readerstream.ReaderStep;
import dev.freshet.trainer.readerstream.ReaderStream;
import dev.freshet.trainer.readerstream.ReaderStreamSettings;
import dev.freshet.trainer.recommendation.StreamTable;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Streams users into a running stack and watches what becomes of them. */
public final class ReaderDemo {
  /** How long before they are named new items are introduced. */
  private static final int ITEMS_AHEAD_SECONDS = 2;

  private static final int WARM_UP_ITEMS = 6;

  private final ReaderSource source;
  private final ReaderDemoSettings settings;
  private final double relevantFrom;
  private final ReaderStream stream;
  private final ReaderScript script;
  private final ReaderScores scores;
  private final String lineage;
  private final long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();

  private ReaderDemo(ReaderSource source, ReaderDemoSettings settings) {
    this.source = source;
    this.settings = settings;
    this.lineage = source.release().manifest().lineage();
    this.relevantFrom = settings.relevantFrom().orElse(source.relevantFrom());
    ReaderStream told =
        ReaderStream.of(
            source.ratings(),
            source.items(),
            ReaderStreamSettings.of(settings.users(), settings.seed())
                .withRelevantFrom(relevantFrom));
    this.stream = EarlyItems.of(told, ITEMS_AHEAD_SECONDS * settings.eventsPerSecond());
    this.script = new ReaderScript(lineage, stream.steps());
    this.scores = new ReaderScores(stream, source);
  }

  /**
   * Writes the stream, and has the yardsticks answer it.
   *
   * @throws dev.freshet.trainer.ratings.UnusableRatingsException if nobody comes after the cut
   */
  public static ReaderDemo prepare(ReaderSource source, ReaderDemoSettings settings) {
    return new ReaderDemo(source, settings);
  }

  public ReaderSource source() {
    return source;
  }

  /** Who comes. */
  public int users() {
    return stream.users().size();
  }

  /** Ratings that they give. */
  public long ratings() {
    return stream.steps().stream().filter(ReaderStep.RatingGiven.class::isInstance).count();
  }

  /** Questions that are asked of them. */
  public int questions() {
    return scores.questions();
  }

  /** Events of the stream, without what goes before it. */
  public int events() {
    return script.stream().size();
  }

  /**
   * Streams, watches, and counts again.
   *
   * @param stopping whether the process is about to end; nothing more is shown then
   * @param trainingSeconds for the document
   * @throws CommandFailure with {@link Exit#FAILED} if the job fails
   */
  public ReaderDocument run(
      LocalStack stack,
      Console console,
      ProgressView.Display display,
      BooleanSupplier stopping,
      OptionalDouble trainingSeconds) {
    BrokerLink broker = stack.broker();
    putInForce(stack);
    console.note("warming up …");
    ItemTable table = source.items();
    List<String> first = table.ids().subList(0, Math.min(WARM_UP_ITEMS, table.ids().size()));
    new WarmUp(new ReaderWarmUp(lineage, first, table.scale().valueMax())).run(broker);
    begin(broker, console);
    try (Feeder feeder =
            new Feeder(broker, script.stream().iterator(), settings.eventsPerSecond());
        ProgressView view =
            new ViewUntilStopped(
                ProgressView.of(display, console, OptionalLong.of(questions())), stopping)) {
      StreamTable live = new StreamTable();
      try (AnswerWatch watch =
          new AnswerWatch(
              broker,
              startMillis,
              task -> !WarmUp.is(task) && !task.equals(NewItems.TASK),
              answer -> scores.judge(answer, live))) {
        feeder.start();
        CompletableFuture<Void> newItems =
            CompletableFuture.runAsync(() -> new NewItems(lineage).introduceAll(broker));
        new StreamWatch(stack, feeder, watch, view).untilAnswered(() -> figures(live));
        joined(newItems);
        return document(stack, watch, Recount.of(broker), trainingSeconds);
      }
    }
  }

  private static StreamWatch.Figures figures(StreamTable table) {
    List<ReaderDocument.Row> rows = ReaderDocument.rows(table);
    return new StreamWatch.Figures(ReaderTable.lines(rows), ReaderTable.brief(rows));
  }

  /** The release that the stream is for, where it is not in force already. */
  private void putInForce(LocalStack stack) {
    Release release = source.release();
    String id = release.manifest().release();
    if (!id.equals(stack.release(lineage))) {
      Release unused = new ReleaseWriter().write(stack.shelf().directory(lineage, id), release);
      ReleaseActivated unusedFence =
          new ReleaseDesk(stack.broker(), stack.shelf(), Clock.systemUTC()).activate(lineage, id);
    }
  }

  /** What was said before the first user comes, as fast as the log takes it. */
  private void begin(BrokerLink broker, Console console) {
    if (script.prologue().isEmpty()) {
      return;
    }
    console.note(
        script.segments().isEmpty()
            ? "introducing the first new items …"
            : "telling segments what their users said before the cut …");
    try (EventWriter writer = new EventWriter(broker)) {
      for (TaskEvent event : script.prologue()) {
        writer.appendOrFailLater(event);
      }
      writer.flush();
    }
    new TableWait(lineage, script.segments(), script.items()).run(broker);
  }

  private static void joined(CompletableFuture<Void> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private ReaderDocument document(
      LocalStack stack, AnswerWatch watch, Recount recount, OptionalDouble trainingSeconds) {
    StreamTable table = new StreamTable();
    recount.answers((prediction, millis) -> scores.judge(prediction, table));
    List<Double> newItems = NewItems.seconds(lineage, recount);
    return new ReaderDocument(
        source.name(),
        source.simulation(),
        recount.queries(),
        recount.answered(),
        recount.missing(),
        recount.duplicates(),
        recount.rejected(),
        Demo.adaptations(stack, recount),
        ReaderDocument.rows(table),
        Latency.of(recount.latencyMillisOf(p -> scores.asks(p.task(), p.query()))),
        Latency.of(recount.latencyMillisOf(p -> scores.asksNumber(p.task(), p.query()))),
        Latency.of(recount.latencyMillisOf(p -> scores.asksOrder(p.task(), p.query()))),
        new DemoDocument.WarmedUp(
            WarmUp.TASK_PREFIX,
            recount.warmUpQueries(),
            Latency.of(recount.latencyMillis(WarmUp::is))),
        DemoDocument.orNull(newItems.stream().mapToDouble(Double::doubleValue).max()),
        newItems.size(),
        lineage,
        source.release().manifest().release(),
        recount.engine(),
        DemoDocument.TopicAddresses.at(stack.broker()),
        DemoDocument.orNull(watch.firstSeconds()),
        DemoDocument.orNull(trainingSeconds),
        users(),
        events(),
        settings.eventsPerSecond(),
        relevantFrom,
        settings.seed(),
        DemoDocument.orNull(stack.peakMemoryMib()),
        ReaderDocument.NOTES);
  }
}
