package dev.freshet.standalone.load.readers;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.job.StateBackend;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.load.LoadDocument.Machine;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.Bot;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.Fill;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.Latency;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.State;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.Twenty;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.TopicReader;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.DirectoryTree;
import dev.freshet.standalone.stack.Groundwork;
import dev.freshet.standalone.stack.ResidentMemory;
import dev.freshet.standalone.stack.RunningJob;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Users with 20 events each, whose state is weighed; then all the others, as fast as the job takes
 * them; then a settled rate without a bot and with one. One job sees all of it.
 */
public final class ReadersLoadRun {
  private static final String LINEAGE = ShippedRelease.READERS.lineage();
  private static final String BOT = "bot";
  private static final int EVENTS_OF_TWENTY = 20;
  private static final double PACED_QUERIES = 0.5;
  private static final int BOT_EVENTS_PER_QUERY = 1_000;
  private static final int PROGRESS_EVERY = 500_000;

  private final ReadersLoadSettings settings;
  private final DataDirectory directory;
  private final Consumer<String> progress;
  private final ReaderEvents events;

  public ReadersLoadRun(
      ReadersLoadSettings settings, DataDirectory directory, Consumer<String> progress) {
    this.settings = settings;
    this.directory = directory;
    this.progress = progress;
    ItemTable table = ShippedRelease.READERS.assemble().items().orElseThrow();
    this.events = new ReaderEvents(LINEAGE, table, settings.exampleIds(), settings.seed());
  }

  /** Measures; a million users take minutes. */
  public ReadersLoadDocument run() {
    progress.accept("starting the broker and the job");
    try (Groundwork ground = Groundwork.lay(directory, 0)) {
      putInForce(ground.link());
      try (JobProcess job = job(ground.link());
          EventWriter writer = new EventWriter(ground.link());
          Answers answers = new Answers(ground.link(), BOT)) {
        Feed feed = new Feed(writer, answers, job);
        Twenty twenty = twenty(feed, job.job());
        Fill fill = fill(feed);
        State state = state(job.job());
        progress.accept("latency at " + settings.eventsPerSecond() + " events a second");
        answers.startOver();
        pace(feed, 0);
        Latency steady = latency(answers.neighbours(), settings.eventsPerSecond());
        Bot bot = settings.botEventsPerSecond() == 0 ? null : bot(feed, answers, job.job());
        return document(ground.link(), feed, answers, job, twenty, fill, state, steady, bot);
      }
    }
  }

  private void putInForce(BrokerLink broker) {
    ReleaseShelf shelf = new ReleaseShelf(directory.releases());
    Path release = shelf.directory(LINEAGE, ShippedRelease.READERS.id());
    if (!Files.exists(release)) {
      var unused = ShippedRelease.READERS.write(release);
    }
    var unused =
        new ReleaseDesk(broker, shelf, Clock.systemUTC())
            .activate(LINEAGE, ShippedRelease.READERS.id());
  }

  private JobProcess job(BrokerLink broker) {
    Map<String, String> config = new LinkedHashMap<>(settings.job());
    Path checkpoints = directory.checkpoints(StateBackend.ROCKSDB);
    config.put("state.backend", StateBackend.ROCKSDB.id());
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("releases.dir", directory.releases().toString());
    config.put("checkpoint.dir", checkpoints.toUri().toString());
    return JobProcess.start(
        settings, config, checkpoints, directory.scratch(), directory.logs().resolve("job.log"));
  }

  private Twenty twenty(Feed feed, RunningJob job) {
    progress.accept(settings.twentyUsers() + " users with exactly 20 events");
    for (int event = 0; event < EVENTS_OF_TWENTY; event++) {
      for (int user = 0; user < settings.twentyUsers(); user++) {
        feed.append(events.rating("twenty-" + user));
      }
    }
    afterAllOfIt(feed);
    long bytes = job.checkpoint();
    return new Twenty(
        settings.twentyUsers(), bytes, rounded((double) bytes / settings.twentyUsers()));
  }

  private Fill fill(Feed feed) {
    Crowd crowd = new Crowd(settings.users(), settings.eventsPerUser(), settings.seed());
    progress.accept(
        settings.users() + " users with " + crowd.size() + " ratings, and queries among them");
    long eventsBefore = feed.events();
    int queriesBefore = feed.queries();
    long start = System.nanoTime();
    double queriesPerRating = settings.queriesShare() / (1 - settings.queriesShare());
    double owed = 0;
    for (int place = 0; place < crowd.size(); place++) {
      String user = user(crowd.user(place));
      feed.append(events.rating(user));
      owed += queriesPerRating;
      for (; owed >= 1; owed--) {
        feed.append(events.query(user));
      }
      if ((place + 1) % PROGRESS_EVERY == 0) {
        progress.accept(
            (place + 1) + " ratings, " + (System.nanoTime() - start) / 1_000_000_000 + " s");
      }
    }
    afterAllOfIt(feed);
    double seconds = (System.nanoTime() - start) / 1e9;
    long appended = feed.events() - eventsBefore;
    return new Fill(
        appended, feed.queries() - queriesBefore, rounded(seconds), rounded(appended / seconds));
  }

  /** A query behind everything in each partition, answered when all before it is done. */
  private void afterAllOfIt(Feed feed) {
    for (int partition = 0; partition < Topics.PARTITIONS_DEFAULT; partition++) {
      int salt = 0;
      while (new TaskKey(LINEAGE, "last-" + salt).partition(Topics.PARTITIONS_DEFAULT)
          != partition) {
        salt++;
      }
      feed.append(events.query("last-" + salt));
    }
    feed.awaitAll();
  }

  private State state(RunningJob job) {
    progress.accept("weighing the state");
    long bytes = job.checkpoint();
    long tasks = (long) settings.users() + settings.twentyUsers();
    return new State(
        tasks, bytes, rounded((double) bytes / tasks), DirectoryTree.bytes(directory.scratch()));
  }

  private Bot bot(Feed feed, Answers answers, RunningJob job) {
    progress.accept(
        "the same beside a bot with " + settings.botEventsPerSecond() + " events a second");
    job.awaitCounters(answers.count());
    long evicted = job.counter("evictions");
    answers.startOver();
    double start = System.nanoTime();
    long sent = pace(feed, settings.botEventsPerSecond());
    double seconds = (System.nanoTime() - start) / 1e9;
    job.awaitCounters(answers.count());
    return new Bot(
        settings.botEventsPerSecond(),
        sent,
        rounded(sent / seconds),
        job.counter("evictions") - evicted,
        latency(answers.neighbours(), settings.eventsPerSecond()),
        latency(answers.own(), settings.botEventsPerSecond()));
  }

  /** Appends at the settled rate, a bot's events evenly among the others; returns the bot's. */
  private long pace(Feed feed, int botPerSecond) {
    int perSecond = settings.eventsPerSecond() + botPerSecond;
    long count = (long) settings.seconds() * perSecond;
    long ofBot = 0;
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      if ((i + 1) * botPerSecond / perSecond > i * botPerSecond / perSecond) {
        ofBot++;
        feed.append(ofBot % BOT_EVENTS_PER_QUERY == 0 ? events.query(BOT) : events.rating(BOT));
      } else {
        String user = user(events.anyOf(settings.users()));
        feed.append(events.chance(PACED_QUERIES) ? events.query(user) : events.rating(user));
      }
    }
    feed.awaitAll();
    return ofBot;
  }

  private ReadersLoadDocument document(
      BrokerLink broker,
      Feed feed,
      Answers answers,
      JobProcess job,
      Twenty twenty,
      Fill fill,
      State state,
      Latency steady,
      @Nullable Bot bot) {
    job.job().awaitCounters(answers.count());
    OptionalLong memory = ResidentMemory.peakMib(job.pid());
    return new ReadersLoadDocument(
        settings.users(),
        feed.events(),
        feed.queries(),
        answers.count(),
        feed.queries() - answers.count(),
        answers.duplicates(),
        rejected(broker),
        fill,
        state,
        twenty,
        steady,
        bot,
        new ReadersLoadDocument.ItemTable(
            job.job().counter("itemTableVersions"),
            job.job().counter("itemsChanged"),
            job.job().counter("itemTableBytes")),
        job.job().counter("evictions"),
        memory.isPresent() ? memory.getAsLong() : null,
        settings,
        Machine.here());
  }

  private static long rejected(BrokerLink broker) {
    try (TopicReader reader = new TopicReader(broker)) {
      return reader.size(reader.partitions(Topics.REJECTED_EVENTS));
    }
  }

  private static Latency latency(Histogram millis, int eventsPerSecond) {
    return new Latency(
        eventsPerSecond,
        millis.getTotalCount(),
        millis.getValueAtPercentile(50),
        millis.getValueAtPercentile(99),
        millis.getMaxValue());
  }

  private static String user(int number) {
    return "user-" + number;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
