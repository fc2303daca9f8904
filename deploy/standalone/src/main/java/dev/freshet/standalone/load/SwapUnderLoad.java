package dev.freshet.standalone.load;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.job.sink.PredictionWriter;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.load.LoadDocument.SwapFigures;
import dev.freshet.standalone.log.RecordText;
import dev.freshet.standalone.log.TopicReader;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.training.Beginning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts a release in force under load, and reads afterwards what became of the queries. */
final class SwapUnderLoad {
  private static final long AROUND_MILLIS = 5_000;
  private static final String ANOTHER_ID = ShippedRelease.CATEGORIES.id() + "-again";

  private final BrokerLink broker;
  private final ReleaseShelf shelf;
  private final RecordCodec<Prediction> predictions = RecordCodec.predictions();
  private final TaskEventCodec events = new TaskEventCodec();
  private long begunMillis;

  private record Answer(long appendedMillis, long queryMillis, String release) {}

  SwapUnderLoad(BrokerLink broker, ReleaseShelf shelf) {
    this.broker = broker;
    this.shelf = shelf;
  }

  /** Brings the release to the shelf; returns its id. */
  String prepare(Optional<Path> directory) {
    if (directory.isEmpty()) {
      writeAgain(shelf.directory(ShippedRelease.CATEGORIES.lineage(), ANOTHER_ID));
      return ANOTHER_ID;
    }
    Release release = new ReleaseReader().read(directory.get());
    String id = release.manifest().release();
    copy(directory.get(), shelf.directory(ShippedRelease.CATEGORIES.lineage(), id));
    return id;
  }

  /** The same learner and tensors under another id. */
  private static void writeAgain(Path directory) {
    Release shipped = ShippedRelease.CATEGORIES.assemble();
    ReleaseManifest manifest = shipped.manifest();
    ReleaseDraft draft =
        new ReleaseDraft(
            manifest.lineage(),
            ANOTHER_ID,
            manifest.encoder(),
            manifest.trainingData(),
            manifest.scores(),
            manifest.parent(),
            shipped.modelCard());
    Release unused = new ReleaseWriter().write(directory, draft, Beginning.of(shipped));
  }

  /** Queries asked from now on are looked at. */
  void begin() {
    begunMillis = System.currentTimeMillis();
  }

  void activate(String release) {
    ReleaseActivated unused =
        new ReleaseDesk(broker, shelf, Clock.systemUTC())
            .activate(ShippedRelease.CATEGORIES.lineage(), release);
  }

  /**
   * Reads the log and the answers.
   *
   * @param asked queries of the paced part
   */
  SwapFigures figures(String release, long asked) {
    long fence = fenceMillis(release);
    Histogram around = new Histogram(3);
    Histogram steady = new Histogram(3);
    long first = Long.MAX_VALUE;
    long ofRelease = 0;
    List<Answer> answers = answers();
    for (Answer answer : answers) {
      boolean near = Math.abs(answer.queryMillis() - fence) <= AROUND_MILLIS;
      (near ? around : steady)
          .recordValue(Math.max(0, answer.appendedMillis() - answer.queryMillis()));
      if (answer.release().equals(release)) {
        first = Math.min(first, answer.appendedMillis());
        ofRelease++;
      }
    }
    return new SwapFigures(
        release,
        asked,
        asked - answers.size(),
        steady.getValueAtPercentile(50),
        steady.getValueAtPercentile(99),
        around.getValueAtPercentile(50),
        around.getValueAtPercentile(99),
        first - fence,
        ofRelease);
  }

  /** Of queries asked since the beginning, each once: jobs before this one answered others. */
  private List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    Set<List<Long>> seen = new HashSet<>();
    readAll(
        Topics.PREDICTIONS,
        read -> {
          long queryMillis =
              Long.parseLong(RecordText.header(read, PredictionWriter.QUERY_APPENDED_MILLIS));
          if (queryMillis >= begunMillis) {
            Prediction prediction = predictions.decode(read.value());
            if (seen.add(List.of((long) prediction.partition(), prediction.offset()))) {
              answers.add(new Answer(read.timestamp(), queryMillis, prediction.release()));
            }
          }
        });
    return answers;
  }

  private long fenceMillis(String release) {
    List<Long> fences = new ArrayList<>();
    readAll(
        Topics.TASK_EVENTS,
        read -> {
          if (read.timestamp() >= begunMillis) {
            TaskEvent event = events.decode(read.value());
            if (event instanceof ReleaseActivated fence && fence.release().equals(release)) {
              fences.add(read.timestamp());
            }
          }
        });
    return fences.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private interface Reading {
    void read(ConsumerRecord<byte[], byte[]> read) throws UndecodableException;
  }

  private void readAll(String topic, Reading reading) {
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.partitions(topic),
          read -> {
            try {
              reading.read(read);
            } catch (UndecodableException e) {
              throw new IllegalStateException("A record of this run cannot be read", e);
            }
          });
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy the release in " + from + " to " + to, e);
    }
  }
}
