package dev.freshet.job.adapt;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.job.adapt.AdaptMetrics.OfLineage;
import dev.freshet.job.items.ItemNews;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.log.StampedItems;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.stamp.QueryHeads;
import dev.freshet.job.stamp.ReleaseStore;
import dev.freshet.job.support.Effect;
import dev.freshet.job.support.ItemTally;
import dev.freshet.job.support.KeyedTaskStore;
import dev.freshet.job.support.Support;
import dev.freshet.job.support.TaskFold;
import dev.freshet.job.support.TaskHeader;
import dev.freshet.job.support.TaskStore;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adapts tasks and answers their queries, in micro-batches across keys.
 *
 * <p>Events wait in a buffer until it is full, its first event has waited long enough, or a
 * checkpoint barrier comes; then the events are folded into their tasks in order, each query taking
 * the support of its own prefix, and all supports and queries are computed together. The buffer is
 * empty whenever a snapshot is taken, so it is never state.
 */
public class AdaptOperator extends AbstractStreamOperator<PredictionRecord>
    implements OneInputStreamOperator<Stamped, PredictionRecord> {
  private static final long serialVersionUID = 1L;
  private static final RecordCodec<Prediction> CODEC = RecordCodec.predictions();
  private static final String UNKNOWN_ITEM =
      "neither the release nor the log knows the item, and the task's policy keeps no such example;"
          + " send an ItemDescribed before it, or set unknownItemsKept in a TaskOpened";

  private final AdaptOptions options;
  private transient @Nullable Session session;

  public AdaptOperator(AdaptOptions options) {
    this.options = options;
  }

  @Override
  public void open() throws Exception {
    super.open();
    ReleaseLoader loader = new ReleaseLoader(options.device());
    session =
        new Session(
            new KeyedTaskStore(getKeyedStateStore(), this::getCurrentKey),
            new Releases(new ReleaseStore(Path.of(options.releases()), loader), loader));
  }

  @Override
  public void processElement(StreamRecord<Stamped> element) {
    open(session).add(element.getValue());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
    open(session).segments.sayAll();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void finish() throws Exception {
    flush();
    open(session).segments.sayAll();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (session != null) {
      session.adapter.close();
      session.releases.close();
    }
    super.close();
  }

  /** Answers everything that waits. */
  private void flush() {
    open(session).flush();
  }

  private static Session open(@Nullable Session session) {
    return Objects.requireNonNull(session, "the operator is not open");
  }

  /** What lives as long as the running subtask. */
  private final class Session {
    private final TaskStore store;
    private final Releases releases;
    private final Adapter adapter = new Adapter();
    private final AdaptedCache cache = new AdaptedCache(options.cacheBytesMax());
    private final AdaptMetrics metrics = new AdaptMetrics(getMetricGroup(), cache, adapter);
    private final MicroBatch microBatch;
    private final TaskFold fold = new TaskFold();
    private final ItemTables items = new ItemTables();
    private final SegmentVoices segments;
    private final List<Stamped> waiting = new ArrayList<>();
    private final List<OpenQuery> queries = new ArrayList<>();
    private final List<String> adapting = new ArrayList<>();
    private long openSupportBytes;
    private @Nullable ScheduledFuture<?> timer;

    Session(TaskStore store, Releases releases) {
      this.store = store;
      this.releases = releases;
      this.segments =
          new SegmentVoices(
              store, AdaptOperator.this::setCurrentKey, this::tell, getProcessingTimeService());
      this.microBatch = new MicroBatch(adapter, releases, metrics);
    }

    void add(Stamped event) {
      waiting.add(event);
      if (waiting.size() >= options.batchEventsMax()) {
        flush();
      } else if (waiting.size() == 1) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        timer =
            getProcessingTimeService()
                .registerTimer(now + options.batchDelayMillis(), time -> flush());
      }
    }

    void flush() {
      if (waiting.isEmpty()) {
        return;
      }
      if (timer != null) {
        timer.cancel(false);
        timer = null;
      }
      long start = System.nanoTime();
      for (Stamped next : waiting) {
        if (next instanceof StampedItems said) {
          items.apply(said);
          continue;
        }
        StampedEvent event = (StampedEvent) next;
        String key = event.taskKey();
        setCurrentKey(key);
        fold(key, event);
        if (openSupportBytes > options.openSupportBytesMax()) {
          answer();
        }
      }
      answer();
      metrics.batches.inc();
      metrics.batchEvents.update(waiting.size());
      metrics.batchMicros.update(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
      waiting.clear();
      releases.trim();
    }

    /** Answers the queries folded so far; where a batch is parted cannot change a bit. */
    private void answer() {
      microBatch.answer(queries);
      remember();
      emit();
      queries.clear();
      openSupportBytes = 0;
    }

    private void fold(String key, StampedEvent event) {
      String lineage = event.event().lineage();
      LoadedRelease release = releases.get(lineage, event.stamp());
      Optional<ItemView> view =
          release
              .items()
              .map(
                  table ->
                      items.view(lineage, event.logged().partition(), release.digest(), table));
      Optional<Catalogue> catalogue = view.map(ItemView::catalogue);
      boolean closesSegment = event.event() instanceof TaskClosed && store.header().segment();
      Effect effect = fold.apply(event, store, catalogue, tally(lineage, catalogue));
      OfLineage counters = metrics.of(lineage);
      counters.count(effect);
      switch (effect) {
        case ASKED -> ask(key, event, counters, release, view);
        case CLOSED -> cache.remove(key);
        case TOO_MANY_LABELS ->
            reject(event, RejectionReason.TOO_MANY_LABELS, tooManyLabels(event));
        case UNKNOWN_ITEM -> reject(event, RejectionReason.UNKNOWN_ITEM, UNKNOWN_ITEM);
        default -> {}
      }
      if (closesSegment
          || (catalogue.isPresent() && effect.changesSupport() && store.header().segment())) {
        segments.changed(key, lineage, event.event().task());
      }
    }

    private ItemTally tally(String lineage, Optional<Catalogue> catalogue) {
      return new ItemTally() {
        @Override
        public void count(String item, double value, boolean joined, long atMillis) {
          catalogue.ifPresent(
              known -> tell(counted(lineage, known, item, value, joined, atMillis)));
        }

        @Override
        public void evicted() {
          metrics.evicted(lineage);
        }
      };
    }

    private ItemNews counted(
        String lineage, Catalogue known, String item, double value, boolean joined, long atMillis) {
      boolean isKnown = known.knows(item);
      if (joined && !isKnown) {
        metrics.of(lineage).unknownItems.inc();
      }
      double halfLife = known.table().scale().halfLifeSeconds();
      return new ItemNews.Counted(lineage, item, value, joined, atMillis / 1000, halfLife, isKnown);
    }

    private void tell(ItemNews news) {
      output.collect(ItemNews.TAG, new StreamRecord<>(news));
    }

    private String tooManyLabels(StampedEvent event) {
      SupportPolicy inForce = store.header().policy();
      SupportPolicy policy =
          event.event() instanceof TaskOpened opened ? opened.policy().orElse(inForce) : inForce;
      return "task "
          + event.taskKey()
          + " may have "
          + policy.labelsMax()
          + " labels by its policy; raise labelsMax in a TaskOpened";
    }

    private void reject(StampedEvent event, RejectionReason reason, String words) {
      metrics.rejected(event.event().lineage());
      output.collect(
          RejectedEvent.TAG, new StreamRecord<>(new RejectedEvent(event.logged(), reason, words)));
    }

    private void ask(
        String key,
        StampedEvent event,
        OfLineage counters,
        LoadedRelease release,
        Optional<ItemView> view) {
      TaskHeader header = store.header();
      QueryAsked query = (QueryAsked) event.event();
      long factors = view.map(ItemView::factors).orElse(0L);
      Optional<AdaptedSupport> known =
          cache
              .get(key)
              .filter(s -> s.answers(header.version(), factors, release))
              .filter(s -> coversHeads(s, query));
      (known.isPresent() ? metrics.cacheHits : metrics.cacheMisses).inc();
      (known.isPresent() ? counters.cacheHits : counters.cacheMisses).inc();
      AdaptedSupport support = known.orElseGet(() -> read(key, release, header, view));
      queries.add(new OpenQuery(event, header.opened(), support, view));
    }

    /** Whether every variant that the query needs is there, or can still be made in this batch. */
    private static boolean coversHeads(AdaptedSupport support, QueryAsked query) {
      return support.hasSupport()
          || QueryHeads.of(query, support.release().manifest()).stream()
              .allMatch(head -> support.has(OpenQuery.variant(head)));
    }

    private AdaptedSupport read(
        String key, LoadedRelease release, TaskHeader header, Optional<ItemView> view) {
      Support support =
          Support.of(
              store,
              release.features(),
              release.manifest().classifies(),
              view.map(ItemView::catalogue));
      long factors = view.map(ItemView::factors).orElse(0L);
      AdaptedSupport fresh = new AdaptedSupport(header.version(), factors, release, support);
      cache.put(key, fresh);
      adapting.add(key);
      openSupportBytes += (long) Float.BYTES * support.set().rows() * release.features();
      return fresh;
    }

    /** Weighs what was adapted in this batch, now that its parameters are there. */
    private void remember() {
      for (OpenQuery query : queries) {
        query.support().dropSupport();
      }
      for (String key : adapting) {
        cache.get(key).ifPresent(support -> cache.put(key, support));
      }
      adapting.clear();
    }

    private void emit() {
      for (OpenQuery query : queries) {
        StampedEvent stamped = query.stamped();
        byte[] prediction = CODEC.encode(query.prediction());
        if (prediction.length > Topics.PREDICTION_BYTES_MAX) {
          reject(stamped, RejectionReason.OVERSIZED, tooLarge(prediction.length));
          continue;
        }
        metrics.predictions.inc();
        metrics.of(stamped.event().lineage()).predictions.inc();
        output.collect(
            new StreamRecord<>(
                new PredictionRecord(
                    stamped.taskKey().getBytes(StandardCharsets.UTF_8),
                    stamped.logged().partition(),
                    stamped.logged().timestampMillis(),
                    prediction)));
      }
    }

    private static String tooLarge(int bytes) {
      return "the prediction would have "
          + bytes
          + " bytes, at most "
          + Topics.PREDICTION_BYTES_MAX
          + " are written; ask fewer heads, give topK, or use shorter label ids";
    }
  }
}
