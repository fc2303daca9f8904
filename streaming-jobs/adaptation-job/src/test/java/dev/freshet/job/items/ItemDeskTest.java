package dev.freshet.job.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.job.items.ItemNews.Counted;
import dev.freshet.job.items.ItemNews.Described;
import dev.freshet.job.items.ItemNews.SegmentSaid;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ItemDeskTest {
  private static final String LINEAGE = "readers";
  private static final int PARTITIONS = 3;
  private static final double HALF_LIFE = 100;

  private KeyedOneInputStreamOperatorTestHarness<String, ItemNews, LogRecord> desk;

  @BeforeEach
  void open() throws Exception {
    desk = harness();
    desk.open();
    desk.setProcessingTime(5_000_000);
  }

  @AfterEach
  void close() throws Exception {
    desk.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ItemNews, LogRecord> harness()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, ItemNews, LogRecord>(
            new ItemDeskOperator(PARTITIONS, 250), ItemNews::lineage, Types.STRING);
    harness.setup(LogRecord.TYPE.createSerializer(new ExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private void hear(ItemNews... news) throws Exception {
    for (ItemNews one : news) {
      desk.processElement(one, 0);
    }
  }

  private void later() throws Exception {
    desk.setProcessingTime(desk.getProcessingTime() + 250);
  }

  private List<ItemsChanged> written() throws Exception {
    List<ItemsChanged> versions = new ArrayList<>();
    for (LogRecord record : desk.extractOutputValues()) {
      if (record.partition() == 0) {
        versions.add((ItemsChanged) new TaskEventCodec().decode(record.value()));
      }
    }
    return versions;
  }

  private ItemState last(String item) throws Exception {
    return written().stream()
        .flatMap(version -> version.items().stream())
        .filter(state -> state.item().equals(item))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Counted counted(String item, double value, boolean joined, long seconds) {
    return new Counted(LINEAGE, item, value, joined, seconds, HALF_LIFE, true);
  }

  @Test
  void writesOneVersionIntoEveryPartitionWhenTheIntervalIsOver() throws Exception {
    hear(counted("a", 4, true, 10), counted("a", 2, true, 20), counted("b", 5, true, 20));

    assertThat(desk.extractOutputValues()).isEmpty();
    later();

    assertThat(desk.extractOutputValues())
        .extracting(LogRecord::partition)
        .containsExactly(0, 1, 2);
    assertThat(written().get(0).items()).hasSize(2);
    assertThat(last("a").count()).isEqualTo(2);
    assertThat(last("a").sum()).isEqualTo(6);
    assertThat(last("a").available()).isTrue();
  }

  @Test
  void countsDecayWithTheirHalfLife() throws Exception {
    hear(counted("a", 4, true, 0), counted("a", 4, true, 100));
    later();

    assertThat(last("a").recent()).isEqualTo(1.5);
    assertThat(last("a").recentAtSeconds()).isEqualTo(100);
  }

  @Test
  void aRetractedExampleLeavesTheStatistics() throws Exception {
    hear(counted("a", 4, true, 0), counted("a", 3, true, 50));
    later();
    hear(counted("a", 4, false, 0));
    later();

    assertThat(last("a").count()).isEqualTo(1);
    assertThat(last("a").sum()).isEqualTo(3);
    assertThat(last("a").recent()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
  }

  /** Nothing of rounding may stay of an item that nobody has rated any more. */
  @Test
  void whenAllAreRetractedNothingIsLeft() throws Exception {
    hear(counted("a", 0.1, true, 0), counted("a", 0.2, true, 7));
    hear(counted("a", 0.1, false, 0), counted("a", 0.2, false, 7));
    later();

    assertThat(last("a").count()).isZero();
    assertThat(last("a").sum()).isZero();
    assertThat(last("a").recent()).isZero();
  }

  @Test
  void anItemThatNobodyDescribedIsNotInTheTableUntilSomebodyDoes() throws Exception {
    hear(new Counted(LINEAGE, "new", 4, true, 0, HALF_LIFE, false));
    later();
    hear(new Counted(LINEAGE, "new", 2, true, 0, HALF_LIFE, false));
    later();
    assertThat(desk.extractOutputValues()).isEmpty();

    hear(new Described(LINEAGE, "new", Optional.of(List.of("genre:drama")), true));
    later();

    assertThat(last("new").available()).isTrue();
    assertThat(last("new").attributes()).contains(List.of("genre:drama"));
    assertThat(last("new").count()).isEqualTo(2);
  }

  @Test
  void withdrawnItComesBackWithWhatWasKnownOfIt() throws Exception {
    hear(new Described(LINEAGE, "a", Optional.of(List.of("x")), true), counted("a", 4, true, 0));
    hear(new Described(LINEAGE, "a", Optional.empty(), false));
    later();
    assertThat(last("a").available()).isFalse();

    hear(new Described(LINEAGE, "a", Optional.empty(), true));
    later();

    assertThat(last("a").available()).isTrue();
    assertThat(last("a").attributes()).contains(List.of("x"));
    assertThat(last("a").count()).isEqualTo(1);
  }

  @Test
  void tellsWhatSegmentsSayLast() throws Exception {
    SegmentState first = new SegmentState("s", List.of(new SegmentRow("a", 1)));
    SegmentState second = new SegmentState("s", List.of(new SegmentRow("b", 2)));
    hear(new SegmentSaid(LINEAGE, first), new SegmentSaid(LINEAGE, second));
    later();

    assertThat(written().get(0).segments()).containsExactly(second);
  }

  @Test
  void manyItemsAreManyVersionsEachSmallEnoughToBeRead() throws Exception {
    String attribute = "attribute-".repeat(20);
    for (int i = 0; i < 3_000; i++) {
      hear(new Described(LINEAGE, "item-" + i, Optional.of(List.of(attribute + i)), true));
    }
    later();

    assertThat(desk.extractOutputValues())
        .allSatisfy(record -> assertThat(record.value()).hasSizeLessThan(Topics.EVENT_BYTES_MAX));
    assertThat(written()).extracting(ItemsChanged::version).doesNotHaveDuplicates().isSorted();
    assertThat(written().stream().mapToInt(version -> version.items().size()).sum())
        .isEqualTo(3_000);
  }

  @Test
  void nothingWaitsAcrossACheckpointAndTotalsAndVersionsGoOnFromIt() throws Exception {
    hear(counted("a", 4, true, 0));
    desk.prepareSnapshotPreBarrier(1);
    assertThat(desk.extractOutputValues()).hasSize(PARTITIONS);
    long version = written().get(0).version();
    OperatorSubtaskState snapshot = desk.snapshot(1, 1);
    desk.close();

    desk = harness();
    desk.initializeState(snapshot);
    desk.open();
    hear(counted("a", 2, true, 0));
    later();

    assertThat(last("a").count()).isEqualTo(2);
    assertThat(last("a").sum()).isEqualTo(6);
    // The clock of this harness began anew, far behind: versions must ascend all the same.
    assertThat(written().get(0).version()).isGreaterThan(version);
  }
}
