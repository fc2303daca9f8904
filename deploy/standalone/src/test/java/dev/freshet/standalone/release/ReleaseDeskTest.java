package dev.freshet.standalone.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.TopicSetup;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Role;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.log.TopicReader;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseDeskTest {
  private static final String LINEAGE = ShippedRelease.CATEGORIES.lineage();
  private static final String ID = ShippedRelease.CATEGORIES.id();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir static Path brokerDirectory;
  private static EmbeddedBroker broker;
  private static BrokerLink link;

  @TempDir Path releases;
  private ReleaseShelf shelf;
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
  void shipRelease() {
    shelf = new ReleaseShelf(releases);
    ShippedRelease.CATEGORIES.write(shelf.directory(LINEAGE, ID));
    desk = new ReleaseDesk(link, shelf, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @Test
  void anActivationFencesEveryPartitionOnceAndGrowsTheEpoch() throws Exception {
    long before = desk.catalogue(LINEAGE).map(ReleaseCatalogue::epoch).orElse(0L);
    int fencesBefore = fences().size();

    ReleaseActivated fence = desk.activate(LINEAGE, ID);

    assertThat(fence.epoch()).isEqualTo(before + 1);
    List<ConsumerRecord<byte[], byte[]>> written = fences();
    written = written.subList(fencesBefore, written.size());
    assertThat(written).extracting(ConsumerRecord::partition).containsExactlyInAnyOrder(0, 1, 2, 3);
    for (ConsumerRecord<byte[], byte[]> read : written) {
      TaskEvent event = new TaskEventCodec().decode(read.value());
      assertThat(event).isEqualTo(fence);
      assertThat(new String(read.key(), StandardCharsets.UTF_8)).isEqualTo(LINEAGE);
    }
    ReleaseCatalogue after = desk.catalogue(LINEAGE).orElseThrow();
    assertThat(after.epoch()).isEqualTo(fence.epoch());
    assertThat(after.champion().orElseThrow().digest()).isEqualTo(fence.digest());
    assertThat(after.champion().orElseThrow().createdAtMillis()).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void aReleaseOfAnotherShapeThanTheChampionIsRefusedAndNothingIsWritten() {
    desk.activate(LINEAGE, ID);
    int fencesBefore = fences().size();
    new ReleaseWriter()
        .write(
            shelf.directory(LINEAGE, "narrow"),
            new ReleaseDraft(
                LINEAGE, "narrow", "other", "nothing", Map.of(), Optional.empty(), "# narrow"),
            new PrototypeLearner(8));

    assertThatThrownBy(() -> desk.activate(LINEAGE, "narrow"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("8 features of encoder 'other'")
        .hasMessageContaining("a lineage of its own");

    assertThat(fences()).hasSize(fencesBefore);
  }

  @Test
  void aDamagedReleaseIsRefusedAndNothingIsWritten() throws Exception {
    desk.activate(LINEAGE, ID);
    ReleaseCatalogue before = desk.catalogue(LINEAGE).orElseThrow();
    int fencesBefore = fences().size();
    Path graph = shelf.directory(LINEAGE, ID).resolve("adapt.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[bytes.length / 2] ^= 1;
    Files.write(graph, bytes);

    assertThatThrownBy(() -> desk.activate(LINEAGE, ID))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exit()).isEqualTo(Exit.INCOMPLETE))
        .hasMessageContaining("adapt.onnx");

    assertThat(fences()).hasSize(fencesBefore);
    assertThat(desk.catalogue(LINEAGE)).contains(before);
    bytes[bytes.length / 2] ^= 1;
    Files.write(graph, bytes);
  }

  @Test
  void aReleaseOfAnotherNameThanItsDirectoryIsRefused() {
    ShippedRelease.CATEGORIES.write(shelf.directory(LINEAGE, "renamed"));
    assertThatThrownBy(() -> desk.activate(LINEAGE, "renamed"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("holds release categories/" + ID + ", expected categories/renamed");
  }

  @Test
  void aRegisteredReleaseDoesNotServe() {
    int fencesBefore = fences().size();
    boolean known = desk.catalogue(LINEAGE).isPresent();
    ReleaseCatalogue after = desk.register(LINEAGE, ID);
    assertThat(after.find(ID)).isPresent();
    if (!known) {
      assertThat(after.find(ID).orElseThrow().role()).isEqualTo(Role.CHALLENGER);
    }
    assertThat(fences()).hasSize(fencesBefore);
  }

  private List<ConsumerRecord<byte[], byte[]>> fences() {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (TopicReader reader = new TopicReader(link)) {
      reader.readToEnd(reader.partitions(Topics.TASK_EVENTS), all::add);
    }
    all.sort((a, b) -> Long.compare(a.offset(), b.offset()));
    return all;
  }
}
