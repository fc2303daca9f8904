package dev.freshet.job.testing;

import java.io.File;
import java.util.Arrays;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A cluster in a JVM of its own, which has Flink on its classpath and nothing of the job: runs a
 * job jar until standard input closes. Arguments: the jar, then what the job's main gets.
 */
public final class JarOnCluster {
  private JarOnCluster() {}

  public static void main(String[] args) throws Exception {
    PackagedProgram program =
        PackagedProgram.newBuilder()
            .setJarFile(new File(args[0]))
            .setArguments(Arrays.copyOfRange(args, 1, args.length))
            .build();
    MiniClusterConfiguration settings =
        new MiniClusterConfiguration.Builder()
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(1)
            .setConfiguration(new Configuration())
            .withRandomPorts()
            .build();
    try (MiniCluster cluster = new MiniCluster(settings)) {
      cluster.start();
      cluster
          .submitJob(PackagedProgramUtils.createJobGraph(program, new Configuration(), 1, false))
          .get();
      while (System.in.read() >= 0) {
        // Only the end of the input matters.
      }
    }
  }
}
