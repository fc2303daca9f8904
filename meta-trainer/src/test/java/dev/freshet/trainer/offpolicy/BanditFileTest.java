package dev.freshet.trainer.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file may be, and what of it is left out. */
class BanditFileTest {
  private static final BanditColumns COLUMNS =
      new BanditColumns("shown", "place", "click", "p", List.of("kind"));

  @TempDir private Path directory = Path.of("");

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("log.csv"), List.of(lines));
  }

  @Test
  void readsColumnsByTheirNames() throws IOException {
    BanditLog log =
        BanditFile.read(
            file(",p,shown,place,click,kind,more", "0,0.5,a,1,1,k,x", "1,1,b,2,0,l,y"), COLUMNS);
    assertThat(log.choices())
        .containsExactly(
            new LoggedChoice("a", "1", 1, 0.5, List.of("k")),
            new LoggedChoice("b", "2", 0, 1, List.of("l")));
    assertThat(log.refused()).isEqualTo(RefusedRows.NONE);
  }

  @Test
  void rowsThatCannotBeUsedAreCountedByTheirReason() throws IOException {
    BanditLog log =
        BanditFile.read(
            file(
                "shown,place,click,p,kind",
                "a,1,1,0.5,k",
                "b,1,0,0.5,k",
                "a,1,1,0,k",
                "a,1,1,1.2,k",
                "a,1,1,-0.1,k",
                "a,1,1,often,k",
                "a,1,yes,0.5,k",
                "a,1,NaN,0.5,k",
                ",1,1,0.5,k",
                "a,1,1"),
            COLUMNS);
    assertThat(log.choices()).hasSize(2);
    assertThat(log.refused()).isEqualTo(new RefusedRows(2, 2, 4));
  }

  @Test
  void aColumnThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
    Path file = file("shown,place,click,propensity,kind", "a,1,1,0.5,k");
    assertThatThrownBy(() -> BanditFile.read(file, COLUMNS))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining("no column p, expected")
        .hasMessageContaining("shown, place, click, propensity, kind");
  }

  @Test
  void aFileWithoutUsableRowsSaysWhatWasLeftOut() throws IOException {
    Path file = file("shown,place,click,p,kind", "a,1,1,2,k", "a,1,?,1,k");
    assertThatThrownBy(() -> BanditFile.read(file, COLUMNS))
        .hasMessageContaining("0 usable rows, expected two or more")
        .hasMessageContaining("1 whose reward is no finite number")
        .hasMessageContaining("1 whose propensity is not above 0");
    assertThatThrownBy(() -> BanditFile.read(directory.resolve("none.csv"), COLUMNS))
        .hasMessageContaining("There is no file");
  }
}
