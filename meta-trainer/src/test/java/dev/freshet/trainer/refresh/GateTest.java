package dev.freshet.trainer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.trainer.evaluation.DuelScore;
import dev.freshet.trainer.evaluation.DuelScore.Measured;
import java.util.Optional;
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
    assertThat(gate(BETTER, EQUAL, WORSE, EQUAL).reason()).contains("log loss is higher");
    assertThat(gate(BETTER, EQUAL, EQUAL, WORSE).opens()).isFalse();
  }

  @Test
  void whatComesAgainWeighsAsOftenAsItDidInTheLog() {
    DuelScore onNew = score(EQUAL, EQUAL);
    Optional<DuelScore> recurring = Optional.of(score(BETTER, BETTER));
    assertThat(new Gate(onNew, onNew, recurring, 1).opens()).isTrue();
    assertThat(new Gate(onNew, onNew, recurring, 0.2).opens()).isFalse();
    DuelScore worse = score(WORSE, EQUAL);
    assertThat(new Gate(worse, onNew, recurring, 1).opens()).isFalse();
    assertThat(new Gate(worse, onNew, recurring, 1).reason()).contains("but on new classes");
  }

  private static Gate gate(Measured streams, Measured even, Measured loss, Measured evenLoss) {
    return new Gate(score(streams, loss), score(even, evenLoss), Optional.empty(), 0);
  }

  private static DuelScore score(Measured accuracyLead, Measured logLossLead) {
    return new DuelScore(
        20, 400, new Measured(0.8, 0.02), new Measured(0.8, 0.02), accuracyLead, logLossLead);
  }
}
