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

class UserSegmentsTest {
  @TempDir private Path directory = Path.of("");

  private UserSegments read(String... lines) throws IOException {
    Path file = Files.write(directory.resolve("segments.dat"), List.of(lines));
    return UserSegments.read(file, StandardCharsets.UTF_8, Optional.empty());
  }

  @Test
  void readsUserAndSegmentAndCountsWhatIsNeither() throws IOException {
    UserSegments segments = read("ann::trial", "bob::paying", "cid::", "ann::trial");

    assertThat(segments.of("ann")).contains("trial");
    assertThat(segments.of("cid")).isEmpty();
    assertThat(segments.count()).isEqualTo(2);
    assertThat(segments.unusable()).isEqualTo(1);
    assertThat(UserSegments.NONE.isEmpty()).isTrue();
  }

  @Test
  void refusesAUserOfTwoSegments() {
    assertThatThrownBy(() -> read("ann::trial", "ann::paying"))
        .isInstanceOf(UnusableRatingsException.class)
        .hasMessageContaining("expected one segment a user");
  }
}
