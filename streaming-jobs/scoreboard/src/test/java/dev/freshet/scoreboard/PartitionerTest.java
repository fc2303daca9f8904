package dev.freshet.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.TaskKey;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** The schemas know no Kafka, so their partition rule is held against Kafka's own here. */
class PartitionerTest {
  @Test
  void partitionsAnyKeyAsKafkaDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] key = new byte[random.nextInt(70)];
      random.nextBytes(key);
      int hash = Utils.toPositive(Utils.murmur2(key));

      // Over the largest number of partitions the whole hash is compared.
      assertThat(TaskKey.partitionOf(key, Integer.MAX_VALUE)).isEqualTo(hash % Integer.MAX_VALUE);
      int partitions = 1 + random.nextInt(64);
      assertThat(TaskKey.partitionOf(key, partitions)).isEqualTo(hash % partitions);
    }
  }

  @Test
  void partitionsTasksAsKafkaDoes() {
    for (int i = 0; i < 10_000; i++) {
      TaskKey task = new TaskKey("categories", "täsk/" + i);
      assertThat(task.partition(12)).isEqualTo(Utils.toPositive(Utils.murmur2(task.bytes())) % 12);
    }
  }
}
