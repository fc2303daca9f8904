package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTensorsTest {
  private static final SupportVector A = SupportVector.of(new float[] {1, 2});
  private static final SupportVector B = SupportVector.of(new float[] {3, 4});
  private static final SupportVector C = SupportVector.of(new float[] {5, 6});

  /** The second has a way, a row and a query less than the first. */
  @Test
  void padsToTheLargestTask() {
    TrainingTask large = new TrainingTask(List.of(A, B, C), rows(2), rows(0, 1));
    TrainingTask small = new TrainingTask(List.of(A, B), rows(1), rows(1));
    Map<String, Tensor> tensors = TaskTensors.of(List.of(large, small));
    assertThat(tensors)
        .containsEntry(
            "support_x",
            Tensor.of(Shape.of(2, 4, 2), 1, 2, 3, 4, 5, 6, 5, 6, 1, 2, 3, 4, 5, 6, 0, 0))
        .containsEntry(
            "support_y",
            Tensor.of(
                Shape.of(2, 4, 3),
                1,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                1,
                0,
                0,
                1,
                1,
                0,
                0,
                0,
                1,
                0,
                0,
                1,
                0,
                0,
                0,
                0))
        .containsEntry("support_mask", Tensor.of(Shape.of(2, 4), 1, 1, 1, 1, 1, 1, 1, 0))
        .containsEntry("support_name", Tensor.of(Shape.of(2, 4), 1, 1, 1, 0, 1, 1, 0, 0))
        .containsEntry("support_square", Tensor.of(Shape.of(2, 4), 5, 25, 61, 61, 5, 25, 61, 0))
        .containsEntry("way_mask", Tensor.of(Shape.of(2, 3), 1, 1, 1, 1, 1, 0))
        .containsEntry("query_x", Tensor.of(Shape.of(2, 2, 2), 5, 6, 5, 6, 5, 6, 0, 0))
        .containsEntry("query_y", Tensor.of(Shape.of(2, 2, 3), 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0))
        .containsEntry("query_weight", Tensor.of(Shape.of(2, 2), 0.5f, 0.5f, 1, 0));
  }

  @Test
  void aRowOfAWayThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new TrainingTask(List.of(A, B), rows(2), rows(0)))
        .hasMessageContaining("way 2, expected 0 to 1");
  }

  private static List<TrainingTask.Row> rows(int... ways) {
    return java.util.Arrays.stream(ways).mapToObj(way -> new TrainingTask.Row(way, C)).toList();
  }
}
