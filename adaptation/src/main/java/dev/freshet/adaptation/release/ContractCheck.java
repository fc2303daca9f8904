package dev.freshet.adaptation.release;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether graphs, initialisation and manifest fit each other, as {@link GraphContract} says. */
final class ContractCheck {
  private final ReleaseManifest manifest;
  private final Map<String, GraphShape> initialization = new HashMap<>();
  private final Signature adapt;
  private final Signature predict;
  private final List<String> problems = new ArrayList<>();

  ContractCheck(
      ReleaseManifest manifest,
      Map<String, Tensor> initialization,
      Signature adapt,
      Signature predict) {
    this.manifest = manifest;
    this.adapt = adapt;
    this.predict = predict;
    initialization.forEach(
        (name, tensor) -> this.initialization.put(name, GraphShape.of(tensor.shape())));
  }

  /** Empty where all is well. */
  List<String> problems() {
    checkInputs(Release.ADAPT_FILE, adapt, adaptInputs());
    checkParameters();
    checkInputs(Release.PREDICT_FILE, predict, predictInputs());
    checkScores();
    return problems;
  }

  private Map<String, GraphShape> adaptInputs() {
    Map<String, GraphShape> known = new HashMap<>(initialization);
    known.put(GraphContract.SUPPORT_X, GraphShape.of(Dim.TASKS, Dim.SUPPORT, features()));
    known.put(GraphContract.SUPPORT_Y, GraphShape.of(Dim.TASKS, Dim.SUPPORT, Dim.WAYS));
    known.put(GraphContract.SUPPORT_MASK, GraphShape.of(Dim.TASKS, Dim.SUPPORT));
    known.put(GraphContract.SUPPORT_NAME, GraphShape.of(Dim.TASKS, Dim.SUPPORT));
    known.put(GraphContract.SUPPORT_SQUARE, GraphShape.of(Dim.TASKS, Dim.SUPPORT));
    known.put(GraphContract.WAY_MASK, GraphShape.of(Dim.TASKS, Dim.WAYS));
    return known;
  }

  private Map<String, GraphShape> predictInputs() {
    Map<String, GraphShape> known = new HashMap<>(initialization);
    known.putAll(adapt.outputs());
    known.put(GraphContract.QUERY_X, GraphShape.of(Dim.TASKS, Dim.QUERIES, features()));
    known.put(GraphContract.WAY_MASK, GraphShape.of(Dim.TASKS, Dim.WAYS));
    return known;
  }

  private void checkInputs(String file, Signature graph, Map<String, GraphShape> known) {
    graph
        .inputs()
        .forEach(
            (name, shape) -> {
              GraphShape expected = known.get(name);
              if (expected == null) {
                problems.add(
                    "%s takes '%s', which nothing gives; known are %s"
                        .formatted(file, name, known.keySet().stream().sorted().toList()));
              } else {
                checkShape(file + " takes '" + name + "'", shape, expected);
              }
            });
  }

  private void checkParameters() {
    if (adapt.outputs().isEmpty()) {
      problems.add(Release.ADAPT_FILE + " gives nothing, expected task parameters");
    }
    adapt
        .outputs()
        .forEach(
            (name, shape) -> {
              if (!hasParameterShape(shape)) {
                problems.add(
                    "%s gives '%s' as %s, expected tasks first, then fixed sizes, support or ways"
                        .formatted(Release.ADAPT_FILE, name, shape));
              }
              if (initialization.containsKey(name)
                  || Set.of(GraphContract.QUERY_X, GraphContract.WAY_MASK).contains(name)) {
                problems.add(
                    "%s gives '%s', a name that is taken".formatted(Release.ADAPT_FILE, name));
              }
            });
  }

  private static boolean hasParameterShape(GraphShape shape) {
    return shape.rank() > 0
        && shape.dim(0).equals(Dim.TASKS)
        && shape.dims().stream()
            .skip(1)
            .allMatch(
                dim -> dim instanceof Dim.Fixed || dim.equals(Dim.SUPPORT) || dim.equals(Dim.WAYS));
  }

  private void checkScores() {
    GraphShape expected = GraphShape.of(Dim.TASKS, Dim.QUERIES, Dim.WAYS);
    for (Head head : manifest.heads()) {
      String name = GraphContract.scores(head.name());
      GraphShape shape = predict.outputs().get(name);
      if (shape == null) {
        problems.add(
            "%s gives %s, expected '%s' among them"
                .formatted(Release.PREDICT_FILE, predict.outputs().keySet(), name));
      } else {
        checkShape(Release.PREDICT_FILE + " gives '" + name + "'", shape, expected);
      }
      checkSpread(GraphContract.spread(head.name()));
    }
  }

  /** How many unknowns there are is the learner's affair. */
  private void checkSpread(String name) {
    GraphShape shape = predict.outputs().get(name);
    if (shape == null) {
      return;
    }
    boolean fixed =
        shape.rank() == 3
            && shape.dim(2) instanceof Dim.Fixed size
            && size.size() <= GraphContract.UNKNOWNS_MAX;
    if (manifest.classifies()
        || !fixed
        || !shape.dim(0).equals(Dim.TASKS)
        || !shape.dim(1).equals(Dim.QUERIES)) {
      problems.add(
          "%s gives '%s' as %s, expected [tasks, queries, a fixed size of at most %d], and of a head that does not classify"
              .formatted(Release.PREDICT_FILE, name, shape, GraphContract.UNKNOWNS_MAX));
    }
  }

  /** Where targets are numbers there is one way, so that its dim may as well be a fixed 1. */
  private void checkShape(String what, GraphShape shape, GraphShape expected) {
    boolean fits = shape.rank() == expected.rank();
    for (int axis = 0; fits && axis < shape.rank(); axis++) {
      Dim got = shape.dim(axis);
      Dim wanted = expected.dim(axis);
      boolean singleWay = !manifest.classifies() && wanted.equals(Dim.WAYS) && got.equals(Dim.ONE);
      fits = got.equals(wanted) || singleWay;
    }
    if (!fits) {
      problems.add("%s as %s, expected %s".formatted(what, shape, expected));
    }
  }

  private Dim features() {
    return Dim.of(manifest.features());
  }
}
