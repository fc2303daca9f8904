package dev.freshet.adaptation.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContractCheckTest {
  private static final GraphShape X = GraphShape.of(Dim.TASKS, Dim.SUPPORT, Dim.of(3));
  private static final GraphShape P = GraphShape.of(Dim.TASKS, Dim.WAYS, Dim.of(3));
  private static final GraphShape Q = GraphShape.of(Dim.TASKS, Dim.QUERIES, Dim.of(3));
  private static final GraphShape SCORES = GraphShape.of(Dim.TASKS, Dim.QUERIES, Dim.WAYS);

  private static List<String> problems(
      Map<String, GraphShape> adaptIn,
      Map<String, GraphShape> adaptOut,
      Map<String, GraphShape> predictIn,
      Map<String, GraphShape> predictOut) {
    TreeMap<String, String> files = new TreeMap<>();
    Release.LISTED_FILES.forEach(name -> files.put(name, "0".repeat(64)));
    ReleaseManifest manifest =
        new ReleaseManifest(
            1,
            "tests",
            "r",
            "learner",
            new TreeMap<>(),
            3,
            "none",
            List.of(Head.classification("label")),
            List.of("label"),
            "nothing",
            new TreeMap<>(),
            Optional.empty(),
            files);
    Signature adapt = new Signature(adaptIn, adaptOut);
    Signature predict = new Signature(predictIn, predictOut);
    return new ContractCheck(manifest, Map.of("w", Tensor.vector(1f)), adapt, predict).problems();
  }

  @Test
  void acceptsGraphsThatLeaveOutWhatTheyDoNotNeed() {
    assertThat(
            problems(
                Map.of("support_x", X, "w", GraphShape.of(Dim.ONE)),
                Map.of("p", P),
                Map.of("p", P, "query_x", Q, "w", GraphShape.of(Dim.ONE)),
                Map.of("scores_label", SCORES)))
        .isEmpty();
  }

  @Test
  void namesEveryMisfit() {
    assertThat(
            problems(
                Map.of("support_x", Q),
                Map.of("w", P, "r", GraphShape.of(Dim.WAYS, Dim.TASKS)),
                Map.of("z", P),
                Map.of("scores_other", SCORES)))
        .anyMatch(problem -> problem.contains("adapt.onnx takes 'support_x' as"))
        .anyMatch(problem -> problem.contains("adapt.onnx gives 'w', a name that is taken"))
        .anyMatch(problem -> problem.contains("'r' as [ways, tasks], expected tasks first"))
        .anyMatch(problem -> problem.contains("predict.onnx takes 'z', which nothing gives"))
        .anyMatch(problem -> problem.contains("expected 'scores_label' among them"))
        .hasSize(5);
  }

  @Test
  void expectsParameters() {
    assertThat(problems(Map.of(), Map.of(), Map.of("query_x", Q), Map.of("scores_label", SCORES)))
        .containsExactly("adapt.onnx gives nothing, expected task parameters");
  }

  @Test
  void aSpreadIsOfAHeadThatScoresAndHasAFixedNumberOfUnknowns() {
    assertThat(
            problems(
                Map.of("support_x", X),
                Map.of("p", P),
                Map.of("p", P, "query_x", Q),
                Map.of("scores_label", SCORES, "spread_label", SCORES)))
        .singleElement()
        .asString()
        .contains("spread_label");
  }
}
