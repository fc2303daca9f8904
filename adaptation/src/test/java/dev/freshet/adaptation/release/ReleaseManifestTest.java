package dev.freshet.adaptation.release;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.learner.Head;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseManifestTest {
  @Test
  void reportsAllThatIsWrongAtOnce() {
    List<Head> mixed = List.of(Head.classification("label"), Head.scoring("rating"));
    assertThatThrownBy(
            () ->
                new ReleaseManifest(
                    1,
                    "Not A Lineage",
                    "../up",
                    " ",
                    new TreeMap<>(),
                    0,
                    "e",
                    mixed,
                    List.of("other"),
                    "",
                    new TreeMap<>(),
                    Optional.empty(),
                    new TreeMap<>()))
        .hasMessageContaining("lineage is 'Not A Lineage'")
        .hasMessageContaining("release is '../up'")
        .hasMessageContaining("learner is blank")
        .hasMessageContaining("features is 0")
        .hasMessageContaining("mix CLASSIFICATION with others")
        .hasMessageContaining("defaultHeads is [other]")
        .hasMessageContaining("files lists []");
  }
}
