package dev.freshet.job.items;

import dev.freshet.job.items.ItemNews.Counted;
import dev.freshet.job.items.ItemNews.Described;
import dev.freshet.job.items.ItemNews.SegmentSaid;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import dev.freshet.schemas.TaskEventCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is said of a lineage's items and, every so often, writes what changed into every
 * partition of the log as the next version of the item table.
 *
 * <p>Each record holds its items whole, as they are now, and not by how much they changed: written
 * again after a failure it puts nothing wrong. What waits is written before every checkpoint, so it
 * is never state. Versions are milliseconds of the clock, at least one more than the last, so that
 * a job that forgot what it wrote last does not repeat a version.
 */
public final class ItemDeskOperator extends AbstractStreamOperator<LogRecord>
    implements OneInputStreamOperator<ItemNews, LogRecord> {
  private static final long serialVersionUID = 1L;

  /**
   * Items of one record: well within the largest event, with ids and attributes as long as may be.
   */
  private static final int ITEMS_PER_RECORD = 512;

  /** Of a lineage: items with examples that nobody described. */
  private static final long UNLISTED_MAX = 100_000;

  private static final int CHARACTERS_PER_RECORD = 100_000;
  private static final TaskEventCodec CODEC = new TaskEventCodec();

  private final int partitions;
  private final long intervalMillis;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private transient @Nullable State state;
  private boolean timerSet;

  /**
   * @param partitions of the log
   * @param intervalMillis how long news waits for company, at most
   */
  public ItemDeskOperator(int partitions, long intervalMillis) {
    this.partitions = partitions;
    this.intervalMillis = intervalMillis;
  }

  /** News of a lineage since the last version. */
  private static final class Waiting {
    private final Map<String, ItemTotals> totals = new LinkedHashMap<>();
    private final Map<String, SegmentState> segments = new LinkedHashMap<>();
  }

  private record State(
      MapState<String, ItemTotals> totals,
      ValueState<Long> version,
      ValueState<Long> unlisted,
      Counter versions,
      Counter items,
      Counter forgotten,
      Counter bytes) {}

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup("freshet");
    state =
        new State(
            getKeyedStateStore()
                .getMapState(
                    new MapStateDescriptor<>(
                        "item-totals", StringSerializer.INSTANCE, new ItemTotalsSerializer())),
            getKeyedStateStore()
                .getState(
                    new ValueStateDescriptor<>("item-table-version", LongSerializer.INSTANCE)),
            getKeyedStateStore()
                .getState(new ValueStateDescriptor<>("unlisted-items", LongSerializer.INSTANCE)),
            metrics.counter("itemTableVersions"),
            metrics.counter("itemsChanged"),
            metrics.counter("unlistedItemsForgotten"),
            metrics.counter("itemTableBytes"));
  }

  @Override
  public void processElement(StreamRecord<ItemNews> element) throws Exception {
    ItemNews news = element.getValue();
    Waiting lineage = waiting.computeIfAbsent(news.lineage(), unused -> new Waiting());
    if (news instanceof Described described) {
      lineage.totals.put(described.item(), totals(lineage, described.item()).described(described));
    } else if (news instanceof Counted counted) {
      lineage.totals.put(counted.item(), totals(lineage, counted.item()).counted(counted));
    } else {
      SegmentState segment = ((SegmentSaid) news).segment();
      lineage.segments.put(segment.task(), segment);
    }
    if (!timerSet) {
      timerSet = true;
      long now = getProcessingTimeService().getCurrentProcessingTime();
      var unused = getProcessingTimeService().registerTimer(now + intervalMillis, time -> flush());
    }
  }

  /** As it waits, else as it was when it was written last. */
  private ItemTotals totals(Waiting lineage, String item) throws Exception {
    ItemTotals known = lineage.totals.get(item);
    if (known == null && state != null) {
      known = state.totals.get(item);
    }
    return known == null ? ItemTotals.NONE : known;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() throws Exception {
    timerSet = false;
    for (Map.Entry<String, Waiting> lineage : waiting.entrySet()) {
      setCurrentKey(lineage.getKey());
      write(lineage.getKey(), lineage.getValue());
    }
    waiting.clear();
  }

  private void write(String lineage, Waiting changed) throws Exception {
    State open = Objects.requireNonNull(state, "the operator is not open");
    long nowMillis = getProcessingTimeService().getCurrentProcessingTime();
    long version = Math.max(nowMillis, Optional.ofNullable(open.version.value()).orElse(0L) + 1);
    Batch batch = new Batch(lineage, version, nowMillis / 1000);
    for (Map.Entry<String, ItemTotals> item : changed.totals.entrySet()) {
      ItemTotals totals = item.getValue();
      if (!totals.listed() && !remembers(open, item.getKey())) {
        open.forgotten.inc();
        continue;
      }
      open.totals.put(item.getKey(), totals);
      if (totals.listed()) {
        batch.add(totals.state(item.getKey()));
        open.items.inc();
      }
    }
    changed.segments.values().forEach(batch::add);
    batch.emit();
    open.version.update(batch.version);
  }

  /**
   * Items that nobody has described are not written: whoever invents ids would fill the log. They
   * are counted here, for the day somebody describes them, as far as there is room.
   */
  private static boolean remembers(State open, String item) throws Exception {
    if (open.totals.contains(item)) {
      return true;
    }
    long kept = Optional.ofNullable(open.unlisted.value()).orElse(0L);
    if (kept >= UNLISTED_MAX) {
      return false;
    }
    open.unlisted.update(kept + 1);
    return true;
  }

  /** Records of a limited size. */
  private final class Batch {
    private final String lineage;
    private final long asOfSeconds;
    private long version;
    private int characters;
    private final List<ItemState> items = new ArrayList<>();
    private final List<SegmentState> segments = new ArrayList<>();

    Batch(String lineage, long version, long asOfSeconds) {
      this.lineage = lineage;
      this.version = version;
      this.asOfSeconds = asOfSeconds;
    }

    void add(ItemState item) {
      items.add(item);
      characters += item.item().length();
      item.attributes().ifPresent(names -> names.forEach(name -> characters += name.length()));
      emitIfFull();
    }

    void add(SegmentState segment) {
      segments.add(segment);
      characters += segment.task().length();
      segment.rows().forEach(row -> characters += row.item().length() + Double.BYTES);
      emitIfFull();
    }

    private void emitIfFull() {
      if (items.size() >= ITEMS_PER_RECORD || characters >= CHARACTERS_PER_RECORD) {
        emit();
        version++;
      }
    }

    void emit() {
      if (items.isEmpty() && segments.isEmpty()) {
        return;
      }
      byte[] key = lineage.getBytes(StandardCharsets.UTF_8);
      byte[] value = CODEC.encode(new ItemsChanged(lineage, version, asOfSeconds, items, segments));
      for (int partition = 0; partition < partitions; partition++) {
        output.collect(new StreamRecord<>(new LogRecord(partition, key, value)));
      }
      State open = Objects.requireNonNull(state);
      open.versions.inc();
      open.bytes.inc((long) partitions * value.length);
      items.clear();
      segments.clear();
      characters = 0;
    }
  }
}
