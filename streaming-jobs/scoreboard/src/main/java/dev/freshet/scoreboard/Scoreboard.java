package dev.freshet.scoreboard;

import dev.freshet.schemas.ScoreRecord;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running scoreboard: a Kafka Streams application and its HTTP server. Started once, closed
 * once; closing keeps everything it counted.
 */
public final class Scoreboard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scoreboard.class);
  private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(20);
  private static final Comparator<ScoreRecord> ORDER =
      Comparator.comparing(ScoreRecord::lineage)
          .thenComparing(ScoreRecord::release)
          .thenComparing(ScoreRecord::head)
          .thenComparing(ScoreRecord::learner)
          .thenComparingInt(ScoreRecord::shots);

  private final ScoreboardConfig config;
  private final CompletableFuture<Void> firstRunning = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile @Nullable Running running;

  private record Running(KafkaStreams streams, ScoreServer server) {}

  public Scoreboard(ScoreboardConfig config) {
    this.config = config;
  }

  /**
   * Checks the topics and begins to count; {@link #awaitRunning} tells when the stores are there.
   *
   * @throws ScoreboardStartException if the topics are not as they must be, the brokers do not
   *     answer, or the HTTP address is taken
   */
  public synchronized void start() {
    if (running != null) {
      throw new IllegalStateException("The scoreboard was started before; make a new one.");
    }
    new TopicCheck(config.bootstrapServers()).run();
    ScoreServer server = listen();
    KafkaStreams streams;
    try {
      streams = streams();
    } catch (KafkaException e) {
      server.close();
      throw new ScoreboardStartException(
          "Cannot start the scoreboard: Kafka Streams refuses its settings: " + e.getMessage(), e);
    }
    running = new Running(streams, server);
    streams.start();
    server.start();
    LOG.info("Scoreboard {} listens at {}", config.applicationId(), server.address());
  }

  /**
   * Waits until it counts for the first time.
   *
   * @throws ScoreboardNotReadyException if it does not within this time
   * @throws ScoreboardStartException if it failed instead
   */
  public void awaitRunning(Duration timeout) throws InterruptedException {
    try {
      firstRunning.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ScoreboardNotReadyException(
          "The scoreboard is " + health().state() + " after " + timeout + ", expected RUNNING", e);
    } catch (ExecutionException e) {
      throw new ScoreboardStartException(
          "The scoreboard failed before it counted anything: " + e.getCause(), e);
    }
  }

  /**
   * Waits until it stops counting because it was closed.
   *
   * @throws IllegalStateException if it stopped because it failed
   */
  public void awaitStopped() throws InterruptedException {
    try {
      stopped.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The scoreboard stopped counting: " + e.getCause(), e);
    }
  }

  /** Where its HTTP server listens, e.g. {@code http://127.0.0.1:40123}. */
  public URI address() {
    return started().server().address();
  }

  /**
   * The scores as counted so far, by lineage, release, head, learner and shots. Up to a commit
   * interval ahead of what is published.
   *
   * @throws ScoreboardNotReadyException while the stores are restored or moved
   */
  public List<ScoreRecord> scores() {
    List<ScoreRecord> scores = new ArrayList<>();
    this.<ScoreRecord>read(ScoreTopology.SCORES_STORE).forEach((key, score) -> scores.add(score));
    scores.sort(ORDER);
    return List.copyOf(scores);
  }

  /**
   * What was counted so far besides the scores.
   *
   * @throws ScoreboardNotReadyException while the stores are restored or moved
   */
  public ScoreCounts counts() {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    this.<Long>read(ScoreTopology.COUNTS_STORE)
        .forEach((name, count) -> counts.put(Counter.valueOf(name), count));
    return new ScoreCounts(counts);
  }

  /** Stops counting after what is under way is committed; does nothing if it never started. */
  @Override
  public synchronized void close() {
    Running current = running;
    if (current == null) {
      return;
    }
    current.server().close();
    // Leaving the group lets the next start count at once, not after the session's timeout.
    boolean closed =
        current
            .streams()
            .close(
                CloseOptions.timeout(CLOSE_TIME_MAX)
                    .withGroupMembershipOperation(
                        CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn(
          "Scoreboard {} did not close within {}; what was not committed is counted again at the"
              + " next start",
          config.applicationId(),
          CLOSE_TIME_MAX);
    }
  }

  private KafkaStreams streams() {
    KafkaStreams streams =
        new KafkaStreams(
            ScoreTopology.build(config.retention(), config.openMax()),
            StreamsSettings.of(config).asProperties());
    streams.setStateListener((now, before) -> changed(now));
    streams.setUncaughtExceptionHandler(this::failed);
    return streams;
  }

  private ScoreServer listen() {
    try {
      return new ScoreServer(new View(), config.httpHost(), config.httpPort());
    } catch (IOException e) {
      throw new ScoreboardStartException(
          ("Cannot start the scoreboard: nothing can listen at http.host %s, http.port %d (%s)."
                  + " Choose another port, or 0 for any.")
              .formatted(config.httpHost(), config.httpPort(), e.getMessage()),
          e);
    }
  }

  private void changed(KafkaStreams.State now) {
    if (now == KafkaStreams.State.RUNNING) {
      firstRunning.complete(null);
    } else if (now == KafkaStreams.State.NOT_RUNNING) {
      firstRunning.completeExceptionally(new IllegalStateException("it was closed"));
      stopped.complete(null);
    } else if (now == KafkaStreams.State.ERROR) {
      IllegalStateException cause = new IllegalStateException("Kafka Streams is in state ERROR");
      firstRunning.completeExceptionally(cause);
      stopped.completeExceptionally(cause);
    }
  }

  /** What cannot be retried ends the application: counting on would count wrongly. */
  private StreamThreadExceptionResponse failed(Throwable cause) {
    LOG.error("Scoreboard {} stops counting", config.applicationId(), cause);
    firstRunning.completeExceptionally(cause);
    stopped.completeExceptionally(cause);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private Running started() {
    Running current = running;
    if (current == null) {
      throw new ScoreboardNotReadyException("The scoreboard was not started");
    }
    return current;
  }

  private ScoreView.Health health() {
    Running current = running;
    if (current == null) {
      return new ScoreView.Health(false, "NOT_STARTED");
    }
    KafkaStreams.State state = current.streams().state();
    return new ScoreView.Health(state == KafkaStreams.State.RUNNING, state.name());
  }

  private <V> Map<String, V> read(String name) {
    KafkaStreams streams = started().streams();
    Map<String, V> values = new HashMap<>();
    try {
      ReadOnlyKeyValueStore<String, V> store =
          streams.store(
              StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
      try (KeyValueIterator<String, V> all = store.all()) {
        all.forEachRemaining(entry -> values.put(entry.key, entry.value));
      }
      return values;
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new ScoreboardNotReadyException(
          "The scores cannot be read while the scoreboard is %s: %s. Ask again in a moment."
              .formatted(streams.state(), e.getMessage()),
          e);
    }
  }

  private final class View implements ScoreView {
    @Override
    public List<ScoreRecord> scores() {
      return Scoreboard.this.scores();
    }

    @Override
    public ScoreCounts counts() {
      return Scoreboard.this.counts();
    }

    @Override
    public Health health() {
      return Scoreboard.this.health();
    }
  }
}
