package dev.freshet.job.testing;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.encode.EncodeFunction;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.stamp.StampFunction;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The steps before adapting, run in a harness. */
public final class Pipeline {
  private Pipeline() {}

  public static OneInputStreamOperatorTestHarness<LoggedEvent, Stamped> stamping(
      Path releases, int partitions) throws Exception {
    var harness = closedStamping(releases, partitions);
    harness.open();
    return harness;
  }

  private static OneInputStreamOperatorTestHarness<LoggedEvent, Stamped> closedStamping(
      Path releases, int partitions) throws Exception {
    return typed(
        new ProcessOperator<>(
            new StampFunction(
                releases.toString(), Device.CPU, partitions, new WordEncoder.Factory())));
  }

  /** A harness copies what it is given, and would guess the type by the first that comes. */
  private static <T> OneInputStreamOperatorTestHarness<T, Stamped> typed(
      ProcessOperator<T, Stamped> operator) throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<T, Stamped>(operator);
    harness.setup(Stamped.TYPE.createSerializer(new ExecutionConfig().getSerializerConfig()));
    return harness;
  }

  /** What reaches the adapting step. */
  public static List<Stamped> stampedAndEncoded(
      List<LoggedEvent> log, Path releases, int partitions) throws Exception {
    try (var stamping = stamping(releases, partitions);
        var encoding =
            typed(new ProcessOperator<>(new EncodeFunction(new WordEncoder.Factory(), 1 << 16)))) {
      encoding.open();
      for (LoggedEvent event : log) {
        stamping.processElement(event, event.timestampMillis());
      }
      for (Stamped event : stamping.extractOutputValues()) {
        encoding.processElement(event, 0);
      }
      return encoding.extractOutputValues();
    }
  }

  /** What reaches the adapting step before and after a restart of the stamping step. */
  public static List<List<Stamped>> stampedAndRestored(
      List<LoggedEvent> before, List<LoggedEvent> after, Path releases, int partitions)
      throws Exception {
    List<Stamped> first;
    OperatorSubtaskState snapshot;
    try (var stamping = stamping(releases, partitions)) {
      for (LoggedEvent event : before) {
        stamping.processElement(event, event.timestampMillis());
      }
      first = stamping.extractOutputValues();
      snapshot = stamping.snapshot(1, 1);
    }
    try (var stamping = closedStamping(releases, partitions)) {
      stamping.initializeState(snapshot);
      stamping.open();
      for (LoggedEvent event : after) {
        stamping.processElement(event, event.timestampMillis());
      }
      return List.of(first, stamping.extractOutputValues());
    }
  }
}
