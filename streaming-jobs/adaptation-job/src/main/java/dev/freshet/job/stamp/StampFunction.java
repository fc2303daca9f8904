package dev.freshet.job.stamp;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.job.encode.EncoderFactory;
import dev.freshet.job.items.ItemNews;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.stamp.EventCheck.Rejection;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes each record and stamps it with the release in force at its position.
 *
 * <p>Runs in the source's own task, so it sees each partition in order, and a fence applies exactly
 * to what follows it there. The release in force is state, one entry a partition and lineage; it is
 * redistributed as a union because the source may hand any partition to any subtask, and the entry
 * with the highest epoch is the right one.
 */
public final class StampFunction extends ProcessFunction<LoggedEvent, Stamped>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(StampFunction.class);
  private static final TaskEventCodec CODEC = new TaskEventCodec();

  private final String releases;
  private final Device device;
  private final int partitions;
  private final EncoderFactory encoder;

  private transient @Nullable ReleaseStore store;
  private transient @Nullable Session session;
  private transient @Nullable ListState<ActiveRelease> state;
  private transient @Nullable ListState<LedgerEntry> itemState;
  private final Map<Place, ActiveRelease> restored = new HashMap<>();

  /**
   * Decodes the log.
   *
   * @param releases directory of releases, {@code lineage/release} below it
   * @param device that releases are tried on
   * @param partitions of the log
   * @param encoder that this job runs
   */
  public StampFunction(String releases, Device device, int partitions, EncoderFactory encoder) {
    this.releases = releases;
    this.device = device;
    this.partitions = partitions;
    this.encoder = encoder;
  }

  private record Place(int partition, String lineage) {}

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ListState<ActiveRelease> union =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("active-releases", new ActiveReleaseSerializer()));
    for (ActiveRelease active : union.get()) {
      restored.merge(
          new Place(active.partition(), active.lineage()),
          active,
          (a, b) -> a.stamp().epoch() >= b.stamp().epoch() ? a : b);
    }
    state = union;
    itemState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("item-ledgers", new LedgerEntrySerializer()));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    ItemLedgers items = new ItemLedgers(getRuntimeContext().getTaskInfo());
    items.restore(Objects.requireNonNull(itemState).get());
    ReleaseStore opened = new ReleaseStore(Path.of(releases), new ReleaseLoader(device));
    // Kept first: a restore that fails half-way must give back what it has opened.
    store = opened;
    session =
        new Session(
            opened, getRuntimeContext().getMetricGroup().addGroup("freshet"), restored, items);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    if (state != null && itemState != null && session != null) {
      state.update(session.active.values().stream().map(a -> a.release).toList());
      itemState.update(session.items.snapshot());
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  public void processElement(LoggedEvent logged, Context context, Collector<Stamped> out) {
    if (session != null) {
      session.process(logged, context, out);
    }
  }

  /** A lineage's release in force in a partition, with how to judge events by it. */
  private static final class Active {
    private final ActiveRelease release;
    private final EventCheck check;

    Active(ActiveRelease release, EventCheck check) {
      this.release = release;
      this.check = check;
    }
  }

  /** What lives as long as the running subtask. */
  private final class Session {
    private final ReleaseStore store;
    private final MetricGroup metrics;
    private final Counter rejected;
    private final Map<RejectionReason, Counter> rejectedBy = new HashMap<>();
    // Of lineages that have a release: whatever else is sent must not become a metric.
    private final Map<String, Counter> rejectedOf = new HashMap<>();
    private final Map<Place, Active> active = new HashMap<>();
    private final ItemLedgers items;

    Session(
        ReleaseStore store,
        MetricGroup metrics,
        Map<Place, ActiveRelease> restored,
        ItemLedgers items) {
      this.items = items;
      this.store = store;
      this.metrics = metrics;
      this.rejected = metrics.counter("rejected");
      restored.forEach((place, release) -> active.put(place, restore(release)));
    }

    private Active restore(ActiveRelease release) {
      try {
        return activate(release);
      } catch (ReleaseDamagedException e) {
        throw new IllegalStateException(
            "The release in force for lineage '"
                + release.lineage()
                + "' at partition "
                + release.partition()
                + " cannot be read, so the job cannot go on from its "
                + "checkpoint. Put its files back. "
                + e.getMessage(),
            e);
      }
    }

    private Active activate(ActiveRelease release) throws ReleaseDamagedException {
      Release verified =
          store.verified(release.lineage(), release.stamp().release(), release.stamp().digest());
      rejectedOf.computeIfAbsent(
          release.lineage(), lineage -> metrics.addGroup("lineage", lineage).counter("rejected"));
      return new Active(release, new EventCheck(verified, encoder));
    }

    void process(LoggedEvent logged, Context context, Collector<Stamped> out) {
      items.beforeFirst(logged.partition(), out);
      String lineage = "";
      try {
        TaskEvent event = decode(logged);
        lineage = event.lineage();
        if (event instanceof ReleaseActivated fence) {
          fence(logged, fence);
        } else if (event instanceof ItemsChanged changed) {
          itemsChanged(logged, changed, out);
        } else if (event instanceof ItemDescribed described) {
          context.output(ItemNews.TAG, described(logged, described));
        } else {
          out.collect(stamp(logged, (TaskEvent.OfTask) event));
        }
      } catch (Rejection e) {
        rejected.inc();
        Optional.ofNullable(rejectedOf.get(lineage)).ifPresent(Counter::inc);
        rejectedBy
            .computeIfAbsent(
                e.reason(), reason -> metrics.addGroup("reason", reason.name()).counter("rejected"))
            .inc();
        context.output(RejectedEvent.TAG, new RejectedEvent(logged, e.reason(), e.words()));
      }
    }

    private TaskEvent decode(LoggedEvent logged) throws Rejection {
      byte[] value = logged.value();
      if (value == null || value.length == 0) {
        throw new Rejection(RejectionReason.UNDECODABLE, "the record is empty");
      }
      if (value.length > Topics.EVENT_BYTES_MAX) {
        throw new Rejection(
            RejectionReason.OVERSIZED,
            "the record has "
                + value.length
                + " bytes, at most "
                + Topics.EVENT_BYTES_MAX
                + " are read");
      }
      try {
        return CODEC.decode(value);
      } catch (UndecodableException e) {
        throw new Rejection(e.reason(), String.valueOf(e.getMessage()));
      }
    }

    private StampedEvent stamp(LoggedEvent logged, TaskEvent.OfTask event) throws Rejection {
      Active inForce = inForce(logged, new TaskKey(event.lineage(), event.task()));
      inForce.check.check(event);
      return new StampedEvent(logged, event, inForce.release.stamp(), prior(logged, event));
    }

    /** What the parent says that a task is opened with. */
    private List<SegmentRow> prior(LoggedEvent logged, TaskEvent.OfTask event) throws Rejection {
      if (!(event instanceof TaskOpened opened) || opened.parent().isEmpty()) {
        return List.of();
      }
      String parent = opened.parent().get();
      Optional<List<SegmentRow>> said = items.segment(logged.partition(), event.lineage(), parent);
      if (said.isEmpty()) {
        throw new Rejection(
            RejectionReason.UNKNOWN_PARENT,
            "no segment '"
                + parent
                + "' has spoken before this position; open it with \"segment\": true, give it"
                + " examples and wait a second, or leave 'parent' out. The task can be used"
                + " without");
      }
      return said.get();
    }

    private ItemNews described(LoggedEvent logged, ItemDescribed event) throws Rejection {
      inForce(logged, event.key()).check.describes(event);
      return new ItemNews.Described(
          event.lineage(), event.item(), event.attributes(), event.available());
    }

    private void itemsChanged(LoggedEvent logged, ItemsChanged changed, Collector<Stamped> out)
        throws Rejection {
      String lineage = changed.lineage();
      requireKey(logged, lineage.getBytes(StandardCharsets.UTF_8), lineage);
      Active inForce = active.get(new Place(logged.partition(), lineage));
      if (inForce == null) {
        throw new Rejection(
            RejectionReason.UNKNOWN_LINEAGE, "no release of lineage '" + lineage + "' is in force");
      }
      inForce.check.changes(changed, logged.timestampMillis());
      items.apply(logged, changed, out);
    }

    private Active inForce(LoggedEvent logged, TaskKey key) throws Rejection {
      requireKey(logged, key.bytes(), key.toString());
      int expected = key.partition(partitions);
      if (expected != logged.partition()) {
        throw new Rejection(
            RejectionReason.WRONG_PARTITION,
            key
                + " belongs to partition "
                + expected
                + ", got "
                + logged.partition()
                + "; use Kafka's default partitioner (murmur2 of the key)");
      }
      Active inForce = active.get(new Place(logged.partition(), key.lineage()));
      if (inForce == null) {
        throw new Rejection(
            RejectionReason.UNKNOWN_LINEAGE,
            "no release of lineage '" + key.lineage() + "' is in force here; activate one first");
      }
      return inForce;
    }

    private static void requireKey(LoggedEvent logged, byte[] expected, String words)
        throws Rejection {
      byte[] key = logged.key();
      if (!Arrays.equals(expected, key)) {
        throw new Rejection(
            RejectionReason.FOREIGN_KEY,
            "the key is "
                + (key == null ? "missing" : "'" + new String(key, StandardCharsets.UTF_8) + "'")
                + ", expected '"
                + words
                + "'");
      }
    }

    private void fence(LoggedEvent logged, ReleaseActivated fence) throws Rejection {
      String lineage = fence.lineage();
      requireKey(logged, lineage.getBytes(StandardCharsets.UTF_8), lineage);
      Place place = new Place(logged.partition(), lineage);
      Active before = active.get(place);
      if (before != null && fence.epoch() <= before.release.stamp().epoch()) {
        return;
      }
      try {
        Active next =
            activate(new ActiveRelease(logged.partition(), lineage, ReleaseStamp.of(fence)));
        if (before != null) {
          next.check.succeeds(before.check);
        }
        next.check.fitsEncoder();
        active.put(place, next);
      } catch (ReleaseDamagedException e) {
        String serving = before == null ? "no release" : before.release.stamp().release();
        LOG.error(
            "Release {} of lineage '{}' is refused at partition {}; {} keeps serving. {}",
            fence.release(),
            lineage,
            logged.partition(),
            serving,
            e.getMessage());
        throw new Rejection(
            RejectionReason.RELEASE_REFUSED, e.getMessage() + " Serving on: " + serving + ".");
      }
    }
  }
}
