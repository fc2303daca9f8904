package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FillingTest {
  @Test
  void callsOfAGpuAreAlwaysFullAndThoseOfACpuAreNot() {
    assertThat(Filling.of(Engine.CUDA)).isEqualTo(Filling.FULL);
    assertThat(Filling.of(Engine.CPU)).isEqualTo(Filling.SNUG);
    assertThat(Filling.FULL.tasks(1, 256)).isEqualTo(256);
    assertThat(Filling.SNUG.tasks(1, 256)).isEqualTo(2);
    assertThat(Filling.FULL.queries(1)).isEqualTo(Filling.FULL.queriesMax());
    assertThat(Filling.SNUG.queries(1)).isEqualTo(Sizes.QUERIES_MIN);
  }

  @ParameterizedTest
  @EnumSource
  void aCallHasAnEvenNumberOfTasksThatFit(Filling filling) {
    for (long bytes = 1; bytes < 1L << 32; bytes *= 3) {
      int tasks = filling.tasksPerCall(bytes);
      assertThat(tasks).isBetween(Sizes.AXIS_MIN, Sizes.TASKS_MAX).isEven();
      assertThat(tasks == Sizes.AXIS_MIN || tasks * bytes <= filling.callBytesMax()).isTrue();
    }
  }

  /** Where CUDA has no memory to give, as without a GPU. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000})
  void buffersForAGpuAreToBeHadWithoutOne(int elements) {
    FloatBuffer buffer = NativeTensors.allocate(elements, Engine.CUDA);
    assertThat(buffer.capacity()).isEqualTo(elements);
    BufferPool.clear(buffer);
  }
}
