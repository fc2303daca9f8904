package dev.freshet.job.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;

/**
 * The jobs of a test. That one is to be cancelled is acknowledged while it still runs; what it
 * writes to and the slots it holds are free when it has ended.
 */
public final class RunningJobs {
  private final List<JobClient> jobs = new ArrayList<>();

  public JobClient add(JobClient job) {
    jobs.add(job);
    return job;
  }

  /** Cancels those that run, and returns when all have ended, in whatever way. */
  public void end() throws Exception {
    for (JobClient job : jobs) {
      job.cancel().handle((done, endedBefore) -> true).get();
      Patience.await("the end of a job", () -> job.getJobStatus().get().isGloballyTerminalState());
    }
    jobs.clear();
  }
}
