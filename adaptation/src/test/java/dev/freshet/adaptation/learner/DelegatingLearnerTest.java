package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method that has a default is easily forgotten, and what is trained is then another thing. */
class DelegatingLearnerTest {
  private static final Learner ALL_ITS_OWN = new AllItsOwn();

  private static final class Another extends DelegatingLearner {
    private Another() {
      super(ALL_ITS_OWN);
    }
  }

  static List<Method> methods() {
    return Arrays.asList(Learner.class.getMethods());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void saysWhatTheOtherSays(Method method) throws ReflectiveOperationException {
    assertThat(method.invoke(new Another())).isEqualTo(method.invoke(ALL_ITS_OWN));
  }

  /** Nothing of it is what an interface's default would give. */
  private static final class AllItsOwn implements Learner {
    private final Map<String, Graph> graphs = new TreeMap<>();

    private Graph graph(String name) {
      return graphs.computeIfAbsent(
          name,
          unused -> {
            GraphBuilder g = new GraphBuilder(name);
            return g.output(name, g.constant(1f)).build();
          });
    }

    @Override
    public String name() {
      return "all its own";
    }

    @Override
    public Settings settings() {
      return Settings.of(List.of(new Setting("one", 0, 1, 1, "One.")), Map.of());
    }

    @Override
    public int features() {
      return 7;
    }

    @Override
    public List<Head> heads() {
      return List.of(Head.classification("head"));
    }

    @Override
    public List<String> defaultHeads() {
      return List.of("head");
    }

    @Override
    public SortedMap<String, Tensor> initialization() {
      return new TreeMap<>(Map.of("tensor", Tensor.vector(1, 2)));
    }

    @Override
    public Graph adaptGraph() {
      return graph("adapt");
    }

    @Override
    public Graph predictGraph() {
      return graph("predict");
    }

    @Override
    public Optional<Graph> leftOutGraph() {
      return Optional.of(graph("left_out"));
    }

    @Override
    public OuterGradient outerGradient() {
      return OuterGradient.DISPLACEMENT;
    }

    @Override
    public Graph trainingGraph() {
      return graph("training");
    }

    @Override
    public Graph trainingPredictGraph() {
      return graph("training_predict");
    }
  }
}
