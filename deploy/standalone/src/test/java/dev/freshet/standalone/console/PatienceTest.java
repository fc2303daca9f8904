package dev.freshet.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void looksUntilItIsSo() {
    assertThat(Patience.ofSeconds(60).until(() -> looks.incrementAndGet() == 3)).isTrue();
    assertThat(looks).hasValue(3);
  }

  @Test
  void givesUpOnlyAfterALastLookAtTheEndOfItsTime() {
    Patience none = new Patience(Duration.ZERO);
    assertThat(none.until(() -> looks.incrementAndGet() == 2)).isTrue();
    assertThat(none.until(() -> looks.incrementAndGet() == 9)).isFalse();
  }
}
