package dev.freshet.standalone.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedReleasesTest {
  private static final ShippedRelease SHIPPED = ShippedRelease.CATEGORIES;

  @TempDir Path shelf;

  @ParameterizedTest
  @ValueSource(strings = {"shipped", "default"})
  void whatShipsNeedsNoId(String name) {
    assertThat(id(name)).isEqualTo(SHIPPED.id());
  }

  @Test
  void whatShipsIsFoundByItsIdWhateverItsLineage() {
    assertThat(id(SHIPPED.id())).isEqualTo(SHIPPED.id());
    assertThat(id(ShippedRelease.READERS.id())).isEqualTo(ShippedRelease.READERS.id());
  }

  @Test
  void aReleaseOfOnesOwnMayBeCalledShipped() {
    Path own = shelf.resolve(SHIPPED.lineage()).resolve("shipped");
    ShippedRelease.READERS.write(own);
    assertThat(id("shipped")).isEqualTo(ShippedRelease.READERS.id());
    assertThat(id(own.toString())).isEqualTo(ShippedRelease.READERS.id());
  }

  @Test
  void whereThereIsNoneItIsSaidWhereItWasLookedFor() {
    assertThatThrownBy(() -> id("nowhere"))
        .isInstanceOf(ReleaseDamagedException.class)
        .hasMessageContaining("nowhere");
  }

  private String id(String name) {
    return new NamedReleases(shelf, SHIPPED.lineage(), SHIPPED).read(name).manifest().release();
  }
}
