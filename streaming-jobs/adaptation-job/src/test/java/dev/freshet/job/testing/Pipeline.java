package dev.freshet.job.testing;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.encode.EncodeFunction;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.stamp.StampFunction;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;

/** The steps before adapting, run in a harness. */
public final class Pipeline {
  private Pipeline() {}

  public static OneInputStreamOperatorTestHarness<LoggedEvent, Stamped> stamping(
      Path releases, int partitions) throws Exception {
    return ProcessFunctionTestHarnesses.forProcessFunction(
        new StampFunction(releases.toString(), Device.CPU, partitions, new WordEncoder.Factory()));
  }

  /** What reaches the adapting step. */
  public static List<Stamped> stampedAndEncoded(
      List<LoggedEvent> log, Path releases, int partitions) throws Exception {
    try (var stamping = stamping(releases, partitions);
        var encoding =
            ProcessFunctionTestHarnesses.forProcessFunction(
                new EncodeFunction(new WordEncoder.Factory(), 1 << 16))) {
      for (LoggedEvent event : log) {
        stamping.processElement(event, event.timestampMillis());
      }
      for (Stamped event : stamping.extractOutputValues()) {
        encoding.processElement(event, 0);
      }
      return encoding.extractOutputValues();
    }
  }
}
