package dev.freshet.standalone.load.readers;

import dev.freshet.job.AdaptationJob;
import dev.freshet.job.JobConfig;
import dev.freshet.standalone.stack.LocalFlink;
import dev.freshet.standalone.stack.RunningJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What the child JVM runs: Flink with the job, until standard input closes, which it does however
 * the parent ends. Says {@code READY address job} in a line when the job runs.
 */
public final class JobHost {
  static final String READY = "READY ";

  private final JobConfig config;
  private final Path checkpoints;
  private final Path scratch;
  private final int stateMemoryMib;

  /**
   * @param checkpoints their directory
   * @param scratch where RocksDB works
   * @param stateMemoryMib that it may take
   */
  public JobHost(JobConfig config, Path checkpoints, Path scratch, int stateMemoryMib) {
    this.config = config;
    this.checkpoints = checkpoints;
    this.scratch = scratch;
    this.stateMemoryMib = stateMemoryMib;
  }

  /** Returns when {@code in} ends. */
  public void run(InputStream in, PrintStream out) {
    try (LocalFlink flink =
        LocalFlink.start(0, config.parallelism(), checkpoints, scratch, stateMemoryMib)) {
      RunningJob job = flink.runFromTheStart(env -> new AdaptationJob(config).submit(env));
      out.println(READY + flink.address() + " " + job.id());
      out.flush();
      while (in.read() >= 0) {
        // The parent sends nothing; what counts is the end.
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Standard input cannot be read", e);
    }
  }
}
