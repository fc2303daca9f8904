package dev.freshet.trainer.ratings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingsFileTest {
  @TempDir private Path directory = Path.of("");

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("ratings"), List.of(lines));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "\t", ","})
  void readsWhatTheFirstLineIsSeparatedBy(String separator) throws IOException {
    Path file =
        file(
            String.join(separator, "2", "jaws", "4.5", "200"),
            String.join(separator, "1", "alien", "3", "100"));

    assertThat(RatingsFile.of(file).read().ratings())
        .containsExactly(new Rating("1", "alien", 3, 100), new Rating("2", "jaws", 4.5, 200));
  }

  @Test
  void findsColumnsByNameAndDoesNotCountTheHeader() throws IOException {
    Path file = file("when,stars,film,who", "100,3,alien,1");
    RatingsFile ratings =
        new RatingsFile(
            file,
            RatingColumns.parse("who,film,stars,when"),
            Optional.empty(),
            StandardCharsets.UTF_8);

    assertThat(ratings.read().ratings()).containsExactly(new Rating("1", "alien", 3, 100));
    assertThat(ratings.read().unusable()).isZero();
  }

  @Test
  void aHeaderOverTheUsualColumnsIsSkipped() throws IOException {
    Path file = file("userId,movieId,rating,timestamp", "1,alien,3,100");

    assertThat(RatingsFile.of(file).read().ratings()).hasSize(1);
  }

  @Test
  void countsLinesThatAreNoRatingAndKeepsTheFirstOfRepeatedOnes() throws IOException {
    Path file =
        file(
            "1::alien::3::100",
            "1::alien::5::300",
            "1::jaws",
            "::jaws::4::100",
            "2::jaws::good::100",
            "2::jaws::NaN::100",
            "2::jaws::4::-5");

    RatingLog log = RatingsFile.of(file).read();

    assertThat(log.ratings()).containsExactly(new Rating("1", "alien", 3, 100));
    assertThat(log.unusable()).isEqualTo(5);
    assertThat(log.repeated()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongWithAFileWithoutRatings() throws IOException {
    Path file = file("a;b;c;d");

    assertThatThrownBy(() -> RatingsFile.of(file).read())
        .isInstanceOf(UnusableRatingsException.class)
        .hasMessageContaining("holds no rating")
        .hasMessageContaining("delimiter");
    assertThatThrownBy(() -> RatingsFile.of(directory.resolve("none")).read())
        .hasMessageContaining("There is no file");
  }

  @Test
  void attributesAreGenresAndTheDecadeOfTheTitle() throws IOException {
    Path file = file("7::Fantômas (1913)::Crime|Drama", "8::Untitled::");

    ItemAttributes attributes = ItemAttributes.read(file, StandardCharsets.UTF_8, Optional.empty());

    assertThat(attributes.of("7")).containsExactly("decade:1910", "genre:Crime", "genre:Drama");
    assertThat(attributes.of("8")).isEmpty();
  }
}
