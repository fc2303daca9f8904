package dev.freshet.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.ScoreRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StoredBytesTest {
  @Test
  void comesBackAsItWasStored() {
    assertComesBack(
        StoredBytes.heldPredictions(), HeldPrediction.open(5, Examples.saysCars("q", 9)));
    assertComesBack(StoredBytes.heldPredictions(), HeldPrediction.settled(Long.MAX_VALUE));
    HeldOutcome outcome = new HeldOutcome(7, false, Examples.outcome("q", "cars"));
    assertComesBack(StoredBytes.heldOutcomes(), outcome);
    assertComesBack(StoredBytes.heldOutcomes(), outcome.havingMet());
    assertComesBack(
        StoredBytes.tallies(),
        new Tally(
            Map.of(Counter.JUDGED, 2L, Counter.OUTCOMES, 1L),
            List.of(new ScoreRecord("categories", "r1", "prototype", "label", 3, 2, 1, 0.5))));
  }

  /** A store written today must be readable by the next version: its form is pinned here. */
  @Test
  void startsWithTheVersionTheTimestampAndAFlag() {
    byte[] bytes =
        StoredBytes.heldPredictions().serializer().serialize("t", HeldPrediction.settled(258));

    assertThat(bytes).containsExactly(1, 0, 0, 0, 0, 0, 0, 1, 2, 0);
  }

  @Test
  void refusesAnotherVersion() {
    byte[] future = {9, 0, 0, 0, 0, 0, 0, 1, 2, 0};

    assertThatThrownBy(() -> StoredBytes.heldPredictions().deserializer().deserialize("t", future))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("version is 9, expected 1", "new application.id");
  }

  /** One outcome may judge every answer to a query id that was used ten thousand times. */
  @Test
  void splitsATallyThatWouldNotFitIntoAMessage() {
    Tally.Builder tally = new Tally.Builder();
    tally.count(Counter.OUTCOMES);
    for (int shots = 0; shots < 2 * Tally.SCORES_MAX + 1; shots++) {
      tally.score(new ScoreRecord("categories", "r1", "prototype", "label", shots, 1, 1, 0));
    }

    List<Tally> parts = tally.build();

    assertThat(parts)
        .extracting(part -> part.scores().size())
        .containsExactly(Tally.SCORES_MAX, Tally.SCORES_MAX, 1);
    assertThat(parts).extracting(part -> part.counts().size()).containsExactly(1, 0, 0);
  }

  private static <T> void assertComesBack(Serde<T> serde, T value) {
    byte[] bytes = serde.serializer().serialize("t", value);
    assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(value);
  }
}
