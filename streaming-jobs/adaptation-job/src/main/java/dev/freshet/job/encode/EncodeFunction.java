package dev.freshet.job.encode;

import dev.freshet.encoders.CachingEncoder;
import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.UnencodableTextException;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives every event the vectors of its texts. Events without text pass through, never around: the
 * order of the log is kept.
 */
public final class EncodeFunction extends ProcessFunction<Stamped, Stamped> {
  private static final long serialVersionUID = 1L;

  private final EncoderFactory factory;
  private final long cacheBytesMax;
  private final Map<String, Counter> rejectedOf = new HashMap<>();

  private transient @Nullable CachingEncoder encoder;
  private transient @Nullable Counter truncated;
  private transient @Nullable Counter rejected;
  private transient @Nullable MetricGroup metrics;

  /**
   * Encodes in place.
   *
   * @param cacheBytesMax how much the cache of encoded texts may hold
   */
  public EncodeFunction(EncoderFactory factory, long cacheBytesMax) {
    this.factory = factory;
    this.cacheBytesMax = cacheBytesMax;
  }

  @Override
  public void open(OpenContext context) {
    CachingEncoder opened = new CachingEncoder(factory.create(), cacheBytesMax);
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("freshet");
    group.gauge("encoderCacheHits", () -> opened.counts().hits());
    group.gauge("encoderCacheMisses", () -> opened.counts().misses());
    group.gauge("encoderCacheBytes", () -> opened.counts().bytes());
    truncated = group.counter("textsTruncated");
    rejected = group.counter("rejected");
    metrics = group;
    encoder = opened;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
  }

  @Override
  public void processElement(Stamped stamped, Context context, Collector<Stamped> out) {
    if (!(stamped instanceof StampedEvent event)) {
      out.collect(stamped);
      return;
    }
    List<String> texts = texts(event.event());
    if (texts.isEmpty()) {
      out.collect(event);
      return;
    }
    try {
      out.collect(encoded(event, texts));
    } catch (UnencodableTextException e) {
      Objects.requireNonNull(rejected).inc();
      ofLineage(event.event().lineage()).inc();
      context.output(
          RejectedEvent.TAG,
          new RejectedEvent(
              event.logged(), RejectionReason.EMPTY_TEXT, String.valueOf(e.getMessage())));
    }
  }

  private Counter ofLineage(String lineage) {
    return rejectedOf.computeIfAbsent(
        lineage,
        name -> Objects.requireNonNull(metrics).addGroup("lineage", name).counter("rejected"));
  }

  private StampedEvent encoded(StampedEvent event, List<String> texts) {
    CachingEncoder open = Objects.requireNonNull(encoder);
    List<float[]> vectors = new ArrayList<>(texts.size());
    boolean anyTruncated = false;
    for (String text : texts) {
      EncodedText encoded = open.encode(text);
      vectors.add(encoded.vector());
      anyTruncated |= encoded.truncated();
    }
    if (anyTruncated) {
      Objects.requireNonNull(truncated).inc();
    }
    return event.withVectors(vectors, anyTruncated);
  }

  private static List<String> texts(TaskEvent.OfTask event) {
    if (event instanceof ExampleAdded example) {
      return text(example.features());
    } else if (event instanceof QueryAsked query) {
      return query.features().map(EncodeFunction::text).orElse(List.of());
    } else if (event instanceof TaskOpened opened) {
      return opened.labels().stream().map(Label::text).toList();
    }
    return List.of();
  }

  private static List<String> text(Features features) {
    return features instanceof Features.TextFeatures text ? List.of(text.text()) : List.of();
  }
}
