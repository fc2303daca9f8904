package dev.freshet.job;

import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.job.stamp.ReleaseStore;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A job starts from verified champions or refuses to start. */
final class ChampionCheck {
  private static final RecordCodec<ReleaseCatalogue> CODEC = RecordCodec.releaseCatalogues();

  private ChampionCheck() {}

  /**
   * Verifies the champion of every lineage of the catalogue.
   *
   * @throws IllegalStateException if there is none, or one is damaged
   */
  static void verify(JobConfig config) {
    Map<String, ReleaseCatalogue> catalogues = catalogues(config.bootstrapServers());
    List<String> problems = new ArrayList<>();
    int champions = 0;
    try (ReleaseStore store =
        new ReleaseStore(Path.of(config.releasesDir()), new ReleaseLoader(config.device()))) {
      for (ReleaseCatalogue catalogue : catalogues.values()) {
        if (catalogue.champion().isPresent()) {
          ReleaseCatalogue.Entry champion = catalogue.champion().get();
          champions++;
          try {
            store.verified(catalogue.lineage(), champion.release(), champion.digest());
          } catch (ReleaseDamagedException e) {
            problems.add(catalogue.lineage() + "/" + champion.release() + ": " + e.getMessage());
          }
        }
      }
    }
    if (champions == 0) {
      problems.add(
          "the catalogue "
              + Topics.RELEASES
              + " names no champion. Activate a release first: "
              + "freshet releases activate ID");
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "The job does not start without verified champions:\n  " + String.join("\n  ", problems));
    }
  }

  private static Map<String, ReleaseCatalogue> catalogues(String bootstrapServers) {
    Map<String, ReleaseCatalogue> byLineage = new TreeMap<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "isolation.level", "read_committed",
            "enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.RELEASES, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          read(record, byLineage);
        }
      }
    }
    return byLineage;
  }

  private static void read(
      ConsumerRecord<byte[], byte[]> record, Map<String, ReleaseCatalogue> byLineage) {
    String lineage = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      byLineage.remove(lineage);
      return;
    }
    try {
      byLineage.put(lineage, CODEC.decode(record.value()));
    } catch (UndecodableException e) {
      throw new IllegalStateException(
          "The catalogue of lineage '"
              + lineage
              + "' in "
              + Topics.RELEASES
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }
}
