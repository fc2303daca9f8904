package dev.freshet.standalone.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.TopicSetup;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Role;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.log.TopicReader;
import dev.freshet.standalone.refresh.Publishing.Step;
import dev.freshet.standalone.refresh.RefreshDocument.Decision;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.trainer.refresh.RefreshListener;
import dev.freshet.trainer.refresh.RefreshSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each test has a lineage of its own on one broker. */
class LineageRefreshTest {
  private static final String CHAMPION = "plain-1";

  @TempDir static Path brokerDirectory;
  private static EmbeddedBroker broker;
  private static BrokerLink link;
  private static int lineages;

  @TempDir Path data;
  private String lineage = "";
  private RefreshPlace place;
  private ReleaseDesk desk;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(brokerDirectory, 0);
    link = new BrokerLink(broker.bootstrapServers());
    try (Admin admin = link.admin()) {
      new TopicSetup(admin, 4).ensure();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void putTheChampionInForce() {
    lineage = "lineage-" + lineages++;
    place = RefreshPlace.take(data, lineage);
    DomainLog.writeChampion(place.shelf(), lineage, CHAMPION);
    desk = new ReleaseDesk(link, place.shelf(), Clock.systemUTC());
    desk.activate(lineage, CHAMPION);
  }

  @AfterEach
  void leave() {
    place.close();
  }

  @Test
  void whatIsBetterIsPutInForceAndSaysHowFarTheLogWasRead() throws Exception {
    DomainLog.append(link, lineage);
    RefreshDocument document = refresh(step -> {});

    assertThat(document.decision()).as(document.reason()).isEqualTo(Decision.ACTIVATED);
    assertThat(document.epoch()).isEqualTo(2);
    assertThat(document.champion()).isEqualTo(CHAMPION);
    assertThat(champion()).isEqualTo(document.release());
    Release release =
        new ReleaseReader().read(place.shelf().directory(lineage, String.valueOf(champion())));
    assertThat(release.digest()).isEqualTo(document.digest());
    document
        .log()
        .forEach(
            (partition, offset) ->
                assertThat(release.manifest().trainingData()).contains(partition + ":" + offset));
    assertThat(fences()).hasSize(8);
    try (Admin admin = link.admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(LogFold.group(lineage))
              .partitionsToOffsetAndMetadata()
              .get();
      committed.forEach(
          (partition, offset) ->
              assertThat(document.log()).containsEntry(partition.partition(), offset.offset()));
      assertThat(committed).hasSize(4);
    }
  }

  @Test
  void whatIsNotBetterIsNeitherWrittenNorEntered() {
    DomainLog.append(link, lineage);
    // All that is left to gain is in the metric, and once it has that there is nothing.
    RefreshSettings atRest =
        DomainLog.SETTINGS.withTraining(DomainLog.SETTINGS.training().withRates(1e-9, 1e-9));
    RefreshDocument last = refresh(atRest);
    ReleaseCatalogue before = catalogue();
    List<String> directories = directories();
    for (int again = 0; last.decision() != Decision.KEPT && again < 4; again++) {
      before = catalogue();
      directories = directories();
      last = refresh(atRest);
    }
    assertThat(last.decision()).as(last.reason()).isEqualTo(Decision.KEPT);
    assertThat(last.streams()).isNotNull();
    assertThat(catalogue()).isEqualTo(before);
    assertThat(directories()).containsExactlyInAnyOrderElementsOf(directories);
  }

  @Test
  void anEmptyLogIsNotEnoughYet() {
    RefreshDocument document = refresh(step -> {});
    assertThat(document.decision()).isEqualTo(Decision.NOT_ENOUGH);
    assertThat(document.reason()).contains("Not enough yet", "0 named classes");
    assertThat(document.streams()).isNull();
    assertThat(champion()).isEqualTo(CHAMPION);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void interruptedAfterAnyStepTheChampionServesOnAndTheNextStartsClean(Step last) {
    DomainLog.append(link, lineage);
    assertThatThrownBy(
            () ->
                refresh(
                    step -> {
                      if (step == last) {
                        throw new IllegalStateException("interrupted after " + step);
                      }
                    }))
        .hasMessageContaining("interrupted");
    boolean fenced = last == Step.FENCED;
    assertThat(champion()).startsWith(fenced ? "refresh-2-" : CHAMPION);
    everyReleaseIsWhole();

    RefreshDocument next = refresh(step -> {});
    if (!fenced) {
      assertThat(next.decision()).isEqualTo(Decision.ACTIVATED);
      assertThat(directories()).containsExactlyInAnyOrder(CHAMPION, next.release());
      assertThat(fences()).hasSize(8);
    }
    assertThat(champion()).startsWith("refresh-");
    everyReleaseIsWhole();
    assertThat(catalogue().releases()).noneMatch(entry -> entry.role() == Role.CHALLENGER);
  }

  @Test
  void whatAKilledWriterLeftIsTakenAwayAndNothingElse() throws IOException {
    Path releases = data.resolve("releases").resolve(lineage);
    Path half = releases.resolve(".refresh-2-0123456789ab.0d3c7a1e-0000-4000-8000-000000000000");
    Path unknown = releases.resolve("refresh-9-0123456789ab");
    Path somebodys = releases.resolve("mine-1");
    for (Path directory : List.of(half, unknown, somebodys)) {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("adapt.onnx"), "half a file");
    }
    refresh(step -> {});
    assertThat(directories()).containsExactlyInAnyOrder(CHAMPION, "mine-1");
  }

  @Test
  void oneRefreshOfALineageAtATime() {
    assertThatThrownBy(() -> RefreshPlace.take(data, lineage))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("under way, by process " + ProcessHandle.current().pid());
  }

  @Test
  void aTrainerReadsOnAndDoesNothingWhereNothingIsNew() {
    try (LineageRefresh trainer = trainer(step -> {})) {
      assertThat(trainer.once(RefreshListener.SILENT).decision()).isEqualTo(Decision.NOT_ENOUGH);
      assertThat(trainer.once(RefreshListener.SILENT).decision()).isEqualTo(Decision.NOTHING_NEW);
      DomainLog.append(link, lineage);
      assertThat(trainer.once(RefreshListener.SILENT).decision()).isEqualTo(Decision.ACTIVATED);
    }
  }

  @Test
  void aRefreshThatFailsIsToldOfAndTheNextOneComes() {
    List<String> told = new ArrayList<>();
    Thread loop = Thread.currentThread();
    new RefreshLoop(
            () -> {
              if (told.size() < 2) {
                throw new IllegalStateException("no broker");
              }
              loop.interrupt();
              throw new IllegalStateException("enough");
            },
            Duration.ofMillis(1),
            document -> {},
            told::add)
        .runUntilInterrupted();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).hasSize(3).allMatch(line -> line.contains("the next one comes"));
  }

  private RefreshDocument refresh(Consumer<Step> reached) {
    try (LineageRefresh refresh = trainer(reached)) {
      return refresh.once(RefreshListener.SILENT);
    }
  }

  private RefreshDocument refresh(RefreshSettings settings) {
    try (LineageRefresh refresh = trainer(settings, step -> {})) {
      return refresh.once(RefreshListener.SILENT);
    }
  }

  private LineageRefresh trainer(Consumer<Step> reached) {
    return trainer(DomainLog.SETTINGS, reached);
  }

  private LineageRefresh trainer(RefreshSettings settings, Consumer<Step> reached) {
    return new LineageRefresh(lineage, link, place, new DomainEncoder(), settings, reached);
  }

  private ReleaseCatalogue catalogue() {
    return desk.catalogue(lineage).orElseThrow();
  }

  private String champion() {
    return catalogue().champion().orElseThrow().release();
  }

  private List<String> directories() {
    try (Stream<Path> all = Files.list(data.resolve("releases").resolve(lineage))) {
      return all.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void everyReleaseIsWhole() {
    directories().forEach(id -> place.shelf().verified(lineage, id));
    catalogue()
        .releases()
        .forEach(entry -> place.shelf().verified(lineage, entry.release(), entry.digest()));
  }

  private List<ReleaseActivated> fences() {
    List<ReleaseActivated> fences = new ArrayList<>();
    TaskEventCodec codec = new TaskEventCodec();
    try (TopicReader reader = new TopicReader(link)) {
      reader.readToEnd(
          reader.partitions(Topics.TASK_EVENTS),
          read -> {
            try {
              if (codec.decode(read.value()) instanceof ReleaseActivated fence
                  && fence.lineage().equals(lineage)) {
                fences.add(fence);
              }
            } catch (UndecodableException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    return fences;
  }
}
