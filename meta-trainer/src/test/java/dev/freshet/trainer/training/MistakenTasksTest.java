package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistakenTasksTest {
  private final TrainingTasks right = ToyTraining.tasks(ToyTraining.SETTINGS);
  private final TrainingTasks mistaken = right.withMistakes(0.2, 5);

  @Test
  void aFifthOfTheRowsOfHalfTheTasksHasAnotherLabel() {
    int rows = 0;
    int changed = 0;
    for (int number = 0; number < 80; number++) {
      List<TrainingTask> before = right.training().draw(number, 4);
      List<TrainingTask> after = mistaken.training().draw(number, 4);
      for (int i = 0; i < before.size(); i++) {
        List<TrainingTask.Row> was = all(before.get(i));
        List<TrainingTask.Row> is = all(after.get(i));
        int different = different(was, is);
        if (number / 2 % 2 == 0) {
          assertThat(different).isZero();
        } else {
          rows += was.size();
          changed += different;
        }
        assertThat(after.get(i).names()).isEqualTo(before.get(i).names());
      }
    }
    assertThat(changed / (double) rows).isCloseTo(0.2, within(0.03));
  }

  private static List<TrainingTask.Row> all(TrainingTask task) {
    List<TrainingTask.Row> rows = new ArrayList<>(task.examples());
    rows.addAll(task.queries());
    return rows;
  }

  private static int different(List<TrainingTask.Row> was, List<TrainingTask.Row> is) {
    assertThat(is.stream().map(TrainingTask.Row::vector))
        .containsExactlyElementsOf(was.stream().map(TrainingTask.Row::vector).toList());
    return (int)
        IntStream.range(0, was.size()).filter(i -> was.get(i).way() != is.get(i).way()).count();
  }

  @Test
  void theSameNumberIsTheSameTask() {
    assertThat(mistaken.training().draw(7, 3))
        .isEqualTo(right.withMistakes(0.2, 5).training().draw(7, 3))
        .isNotEqualTo(right.withMistakes(0.2, 6).training().draw(7, 3));
  }

  @Test
  void whatDecidesWhenToStopHasNone() {
    assertThat(mistaken.judging()).isEqualTo(right.judging());
    assertThat(mistaken.training().identity())
        .startsWith(right.training().identity())
        .endsWith("0.2 of the rows of every other call mistaken");
    assertThat(right.withMistakes(0, 5)).isSameAs(right);
    assertThat(mistaken.mistakes()).isEqualTo(0.2);
    assertThatThrownBy(() -> right.withMistakes(1, 5)).hasMessageContaining("0 to below 1");
  }
}
