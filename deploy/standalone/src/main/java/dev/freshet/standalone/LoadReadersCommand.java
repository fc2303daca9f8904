package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.load.readers.ExampleIds;
import dev.freshet.standalone.load.readers.ReadersLoadDocument;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.Bot;
import dev.freshet.standalone.load.readers.ReadersLoadDocument.Latency;
import dev.freshet.standalone.load.readers.ReadersLoadRun;
import dev.freshet.standalone.load.readers.ReadersLoadSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code freshet load readers}: a million users on this machine. */
@Command(
    name = "readers",
    mixinStandardHelpOptions = true,
    header = "Run many users through the job, with RocksDB, and measure.",
    description = {
      "",
      "A synthetic stream: long-tailed users rate the items of the shipped release and ask, in an"
          + " order without any locality. First come users with exactly 20 events, whose state is"
          + " weighed; then all the others, as fast as the job takes them; then a settled rate,"
          + " without a bot and beside one. The job has a process of its own.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet load readers --users 1000000 --json",
      "  freshet load readers --users 20000 --bot-events-per-second 10000",
      "",
      "With --json: users, events, queries, answered, missing, duplicates, rejected, fill (events,",
      "queries, seconds, eventsPerSecond), state (tasks, bytes, bytesPerTask, workingBytes), twenty",
      "(users, bytes, bytesPerUser), steady (eventsPerSecond, queries, p50Millis, p99Millis,",
      "maxMillis), bot (events, reachedPerSecond, evicted, neighbours, own), itemTable (versions,",
      "items, bytes in all partitions), evicted, jobRssMiB, settings, machine."
    })
final class LoadReadersCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int users = 100_000;

  @Option(
      names = "--events-per-user",
      paramLabel = "N",
      defaultValue = "5",
      description = "Ratings on average; log-normal, at least one. Default: ${DEFAULT-VALUE}.")
  private double eventsPerUser = 5;

  @Option(
      names = "--queries",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Queries among the events of the users' arrival. Default: ${DEFAULT-VALUE}.")
  private double queries = 0.1;

  @Option(
      names = "--twenty-users",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Users with exactly 20 events. Default: ${DEFAULT-VALUE}.")
  private int twentyUsers = 10_000;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS",
      defaultValue = "1000",
      description =
          "Events a second where latency is measured; half are queries. Default:"
              + " ${DEFAULT-VALUE}.")
  private int rate = 1_000;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "How long, without the bot and with it. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--bot-events-per-second",
      paramLabel = "EVENTS",
      defaultValue = "10000",
      description =
          "Of one task, one in 1,000 a query; 0 leaves this part out. Default: ${DEFAULT-VALUE}.")
  private int botEventsPerSecond = 10_000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed makes the same events. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--example-ids",
      paramLabel = "KIND",
      defaultValue = "numbered",
      converter = IdsText.class,
      description = "numbered or uuids: what ratings are called. Default: ${DEFAULT-VALUE}.")
  private ExampleIds exampleIds = ExampleIds.NUMBERED;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = "Heap of the job's process. Default: ${DEFAULT-VALUE}.")
  private int heapMib = 1_024;

  @Option(
      names = "--state-memory",
      paramLabel = "MIB",
      defaultValue = "768",
      description = "What RocksDB may take of its memory. Default: ${DEFAULT-VALUE}.")
  private int stateMemoryMib = 768;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "DURATION",
      converter = DurationText.class,
      defaultValue = "30s",
      description = "How often state is saved. Default: ${DEFAULT-VALUE}.")
  private Duration checkpointInterval = Duration.ofSeconds(30);

  static final class IdsText implements ITypeConverter<ExampleIds> {
    @Override
    public ExampleIds convert(String text) {
      return Choice.of(ExampleIds.class, text);
    }
  }

  LoadReadersCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    ReadersLoadSettings settings = Input.checked(this::settings);
    ReadersLoadDocument document;
    try (TemporaryDirectory directory = TemporaryDirectory.make("load", console)) {
      document =
          new ReadersLoadRun(settings, directory.data(), step -> console.note(step + " …")).run();
    }
    if (shared.json()) {
      console.document(document);
    } else {
      print(document);
    }
    if (document.missing() > 0 || document.duplicates() > 0) {
      throw new CommandFailure(
          Exit.INCOMPLETE,
          String.format(
              "%d queries have no answer and %d answers came twice, expected none of either.",
              document.missing(), document.duplicates()));
    }
  }

  private ReadersLoadSettings settings() {
    return new ReadersLoadSettings(
        users,
        eventsPerUser,
        queries,
        twentyUsers,
        rate,
        seconds,
        botEventsPerSecond,
        exampleIds,
        seed,
        heapMib,
        stateMemoryMib,
        job());
  }

  private Map<String, String> job() {
    Map<String, String> job = new LinkedHashMap<>();
    job.put("device", Device.CPU.toString());
    job.put("checkpoint.interval-ms", Long.toString(checkpointInterval.toMillis()));
    job.put("parallelism", Integer.toString(JobOptions.parallelism()));
    return job;
  }

  private void print(ReadersLoadDocument document) {
    say(
        "%,d users, %,d events: %,.0f events/s; %,d of %,d queries answered, %d rejected",
        document.users(),
        document.events(),
        document.fill().eventsPerSecond(),
        document.answered(),
        document.queries(),
        document.rejected());
    say(
        "state %,d MiB, %,.0f bytes a task; %,.0f bytes a user with exactly 20 events",
        document.state().bytes() >> 20,
        document.state().bytesPerTask(),
        document.twenty().bytesPerUser());
    print("steady", document.steady());
    Bot bot = document.bot();
    if (bot != null) {
      print("beside the bot", bot.neighbours());
      say(
          "the bot: %,.0f events/s, %,d evicted, p99 of its own queries %d ms",
          bot.reachedPerSecond(), bot.evicted(), bot.own().p99Millis());
    }
    say(
        "the job's process: %s",
        document.jobRssMiB() == null ? "memory unknown" : document.jobRssMiB() + " MiB at most");
  }

  private void print(String name, Latency latency) {
    say(
        "%-15s %,d queries    p50 %d ms    p99 %d ms",
        name, latency.queries(), latency.p50Millis(), latency.p99Millis());
  }

  private void say(String format, Object... values) {
    console.result(String.format(Locale.ROOT, format, values));
  }
}
