package dev.freshet.adaptation.release;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.adaptation.learner.Head;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseManifestTest {
  private static final String MANIFEST =
      """
      {"formatVersion": 1, "lineage": "tests", "release": "r",
       "learner": {"name": "l", "settings": {}}, "features": 1, "encoder": "e",
       "heads": [{"name": "%s", "kind": "CLASSIFICATION"}], "defaultHeads": ["%s"],
       "trainingData": "nothing", "scores": {}, "files": {}}
      """;

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

  @Test
  void headsNamedLikeYardsticksAreRefused() throws IOException {
    for (String name : Head.RESERVED) {
      JsonNode root = new ObjectMapper().readTree(MANIFEST.formatted(name, name));
      assertThatThrownBy(() -> ManifestFields.parse(root))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Head name '" + name + "' is reserved");
    }
  }
}
