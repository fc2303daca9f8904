package dev.freshet.standalone;

import dev.freshet.job.JobConfig;
import dev.freshet.standalone.console.LogSetup;
import dev.freshet.standalone.load.readers.JobHost;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What `load readers` starts as a child process. */
@Command(
    name = "job",
    hidden = true,
    description = "Runs the job with Flink until standard input closes.")
final class LoadJobCommand implements Runnable {
  @Option(names = "--set", paramLabel = "KEY=VALUE")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--checkpoints", required = true)
  private Path checkpoints = Path.of("");

  @Option(names = "--scratch", required = true)
  private Path scratch = Path.of("");

  @Option(names = "--state-memory", required = true)
  private int stateMemoryMib;

  @Option(names = "--log-file", required = true)
  private Path logFile = Path.of("");

  @Override
  public void run() {
    LogSetup.toFile(logFile);
    JobConfig config = Input.checked(() -> JobConfig.parse(settings));
    new JobHost(config, checkpoints, scratch, stateMemoryMib).run(System.in, System.out);
  }
}
