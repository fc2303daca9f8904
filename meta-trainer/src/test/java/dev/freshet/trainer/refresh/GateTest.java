package dev.freshet.trainer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.trainer.evaluation.DuelScore;
import dev.freshet.trainer.evaluation.DuelScore.Measured;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Measured BETTER = new Measured(0.02, 0.01);
  private static final Measured EQUAL = new Measured(0, 0.01);
  private static final Measured WORSE = new Measured(-0.02, 0.01);

  @Test
  void opensToWhatIsBetterOnStreamsAndNowhereWorse() {
    assertThat(gate(BETTER, EQUAL, EQUAL, EQUAL).opens()).isTrue();
  }

  @Test
  void staysClosedToWhatIsEqualOrOnlyBetterOnEvenEpisodes() {
    assertThat(gate(EQUAL, EQUAL, EQUAL, EQUAL).opens()).isFalse();
    assertThat(gate(EQUAL, BETTER, BETTER, BETTER).opens()).isFalse();
    assertThat(gate(new Measured(0.01, 0.01), BETTER, BETTER, BETTER).opens()).isFalse();
  }

  @Test
  void staysClosedToWhatPaysForItElsewhereAndSaysWhere() {
    assertThat(gate(BETTER, WORSE, EQUAL, EQUAL).opens()).isFalse();
    assertThat(gate(BETTER, WORSE, EQUAL, EQUAL).reason()).contains("even episodes").contains("-2");
    assertThat(gate(BETTER, EQUAL, WORSE, EQUAL).opens()).isFalse();
    assertThat(gate(BETTER, EQUAL, WORSE, EQUAL).reason()).contains("log loss is worse");
    assertThat(gate(BETTER, EQUAL, EQUAL, WORSE).opens()).isFalse();
  }

  private static Gate gate(Measured streams, Measured even, Measured loss, Measured evenLoss) {
    return new Gate(score(streams, loss), score(even, evenLoss));
  }

  private static DuelScore score(Measured accuracyLead, Measured logLossLead) {
    return new DuelScore(
        20, 400, new Measured(0.8, 0.02), new Measured(0.8, 0.02), accuracyLead, logLossLead);
  }
}
