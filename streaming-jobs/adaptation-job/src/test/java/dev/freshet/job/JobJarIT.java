package dev.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.job.testing.JarOnCluster;
import dev.freshet.job.testing.KafkaLog;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job jar as a cluster runs it: submitted as a file, loaded child-first, with MiniLM in it. */
class JobJarIT {
  private static final int MINILM_FEATURES = 384;
  private static final List<String> BROUGHT_BY_THE_JAR =
      List.of(
          "freshet-",
          "adaptation-job/target/classes",
          "org/apache/kafka",
          "flink-connector-kafka",
          "flink-connector-base",
          "onnxruntime",
          "ai/djl",
          "langchain4j",
          "avro",
          "com/fasterxml/jackson",
          "tribuo");

  @TempDir Path directory;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void answersATextOnACluster() throws Exception {
    Path releases = directory.resolve("releases");
    Release release =
        new ReleaseWriter()
            .write(
                releases.resolve(TestReleases.LINEAGE).resolve("jar"),
                new ReleaseDraft(
                    TestReleases.LINEAGE,
                    "jar",
                    MiniLmEncoder.ID,
                    "nothing",
                    Map.of(),
                    Optional.empty(),
                    "# jar"),
                new PrototypeLearner(MINILM_FEATURES));
    try (KafkaLog kafka = new KafkaLog(directory.resolve("kafka"), 1);
        Cluster cluster = cluster(kafka, releases, release)) {
      kafka.append(
          new LogBuilder(1)
              .fence(TestReleases.fence(release, 1))
              .add(
                  new TaskOpened(
                      TestReleases.LINEAGE,
                      "animals",
                      List.of(new Label("d", "dog"), new Label("f", "flower"))),
                  new QueryAsked(
                      TestReleases.LINEAGE,
                      "animals",
                      "q",
                      new Features.TextFeatures("a puppy that barks")))
              .log());

      Prediction prediction = RecordCodec.predictions().decode(await(kafka, cluster).value());

      assertThat(prediction.answers().get(0).scores().get(0).target())
          .isEqualTo(new Target.LabelTarget("d"));
    }
  }

  private Cluster cluster(KafkaLog kafka, Path releases, Release champion) throws Exception {
    kafka.catalogue(champion);
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            flinkAlone(),
            JarOnCluster.class.getName(),
            Objects.requireNonNull(System.getProperty("freshet.jobJar")),
            "--bootstrap.servers",
            kafka.bootstrapServers(),
            "--releases.dir",
            releases.toString(),
            "--device",
            "cpu",
            "--state.backend",
            "heap",
            "--checkpoint.dir",
            directory.resolve("checkpoints").toUri().toString());
    return new Cluster(
        command
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start());
  }

  /** What a Flink distribution has, and the test classes; nothing that the job jar must bring. */
  private static String flinkAlone() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> BROUGHT_BY_THE_JAR.stream().noneMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Ends with its standard input. */
  private record Cluster(Process process) implements AutoCloseable {
    @Override
    public void close() throws IOException, InterruptedException {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private ConsumerRecord<byte[], byte[]> await(KafkaLog kafka, Cluster cluster) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = kafka.records(Topics.PREDICTIONS);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (records.isEmpty()) {
      assertThat(System.nanoTime()).as(() -> "in time; it said: " + said()).isLessThan(deadline);
      assertThat(cluster.process().isAlive())
          .as(() -> "the cluster is up; it said: " + said())
          .isTrue();
      Thread.sleep(200);
      records = kafka.records(Topics.PREDICTIONS);
    }
    return records.get(0);
  }

  private String said() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
