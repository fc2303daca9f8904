package dev.freshet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskKeyTest {
  @Test
  void splitsAtTheFirstSlash() {
    assertThat(TaskKey.parse("categories/toys/cars".getBytes(UTF_8)))
        .isEqualTo(new TaskKey("categories", "toys/cars"));
  }

  @Test
  void refusesKeysThatNameNoTask() {
    for (String key : new String[] {"", "categories", "/toys", "Categories/toys", "categories/"}) {
      assertThatThrownBy(() -> TaskKey.parse(key.getBytes(UTF_8)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Vectors of Kafka's own test of its murmur2. */
  @Test
  void hashesAsKafkaDoes() {
    assertThat(Murmur2.hash("21".getBytes(UTF_8))).isEqualTo(-973932308);
    assertThat(Murmur2.hash("foobar".getBytes(UTF_8))).isEqualTo(-790332482);
    assertThat(Murmur2.hash("a-little-bit-long-string".getBytes(UTF_8))).isEqualTo(-985981536);
    assertThat(Murmur2.hash("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8".getBytes(UTF_8)))
        .isEqualTo(-58897971);
    assertThat(Murmur2.hash("abc".getBytes(UTF_8))).isEqualTo(479470107);
  }

  @Test
  void spreadsTasksOverAllPartitions() {
    long used =
        java.util.stream.IntStream.range(0, 200)
            .map(i -> new TaskKey("categories", "task-" + i).partition(8))
            .distinct()
            .count();

    assertThat(used).isEqualTo(8);
  }
}
