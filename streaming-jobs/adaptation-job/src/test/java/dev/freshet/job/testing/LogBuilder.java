package dev.freshet.job.testing;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A log as the broker would keep it: partitions, offsets, and times that never run backwards. */
public final class LogBuilder {
  private static final TaskEventCodec CODEC = new TaskEventCodec();

  private final int partitions;
  private final long[] offsets;
  private final List<LoggedEvent> log = new ArrayList<>();
  private long nowMillis = 1_000_000;

  public LogBuilder(int partitions) {
    this.partitions = partitions;
    this.offsets = new long[partitions];
  }

  public LogBuilder later(long millis) {
    nowMillis += millis;
    return this;
  }

  public long nowMillis() {
    return nowMillis;
  }

  public LogBuilder add(TaskEvent.OfTask... events) {
    for (TaskEvent.OfTask event : events) {
      TaskKey key = new TaskKey(event.lineage(), event.task());
      append(key.partition(partitions), key.bytes(), CODEC.encode(event));
    }
    return this;
  }

  /** The fence in every partition. */
  public LogBuilder fence(TaskEvent.Fence fence) {
    for (int partition = 0; partition < partitions; partition++) {
      fence(fence, partition);
    }
    return this;
  }

  /** The fence in one partition alone, as a failure may leave it. */
  public LogBuilder fence(TaskEvent.Fence fence, int partition) {
    return append(partition, fence.lineage().getBytes(StandardCharsets.UTF_8), CODEC.encode(fence));
  }

  public LogBuilder append(int partition, byte @Nullable [] key, byte @Nullable [] value) {
    log.add(new LoggedEvent(partition, offsets[partition]++, nowMillis, key, value));
    return this;
  }

  public List<LoggedEvent> log() {
    return List.copyOf(log);
  }

  /** As much as is read of it: events are added, step by numbered step, when they are asked for. */
  Stream<LoggedEvent> endless(IntConsumer step) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(
            i -> {
              step.accept(i);
              List<LoggedEvent> added = log();
              log.clear();
              return added;
            })
        .flatMap(List::stream);
  }
}
