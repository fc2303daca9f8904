package dev.freshet.trainer.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeasuresTest {
  /** 1, 2, 6: mean 3, variance 7, t of two degrees of freedom 4.3027. */
  @Test
  void theIntervalIsStudentsOverUsers() {
    Measures measures = new Measures();
    measures.add("a", 1);
    measures.add("b", 2);
    measures.add("c", 6);

    Measures.Mean mean = measures.mean();

    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.ci95().orElseThrow()).isCloseTo(4.3027 * Math.sqrt(7.0 / 3), within(1e-3));
  }

  @Test
  void differencesAreOfTheSameUser() {
    Measures mine = new Measures();
    Measures theirs = new Measures();
    for (int user = 0; user < 5; user++) {
      mine.add("u" + user, 10 * user - 1);
      theirs.add("u" + user, 10 * user);
    }
    theirs.add("somebody else", 1_000);

    Measures.Mean difference = mine.minus(theirs);

    assertThat(difference.value()).isEqualTo(-1);
    assertThat(difference.ci95().orElseThrow()).isZero();
    assertThat(difference.users()).isEqualTo(5);
  }
}
