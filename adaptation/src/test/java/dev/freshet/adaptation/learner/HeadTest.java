package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeadTest {
  @Test
  void namesOfYardsticksAreReserved() {
    assertThat(Head.RESERVED).containsExactlyInAnyOrder("unadapted", "prototype");
    for (String name : Head.RESERVED) {
      assertThatThrownBy(() -> Head.classification(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "' is reserved")
          .hasMessageContaining("Choose another name");
    }
    assertThat(Head.classification("prototypes").name()).isEqualTo("prototypes");
  }

  @Test
  void namesAreWords() {
    assertThatThrownBy(() -> Head.ranking("Top 10")).hasMessageContaining("'Top 10' is not of");
  }
}
