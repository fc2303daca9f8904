package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.DomainMetric;
import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.Whitening;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What training starts from. */
public final class Beginning {
  /** An ensemble of all that is in {@link EnsembleLearner#of}. */
  public static final String ENSEMBLE = "ensemble";

  /** ρ of {@link Whitening#fit}. */
  private static final double EVENNESS = 3;

  private Beginning() {}

  /**
   * An untrained learner. A metric is no matter of gradients: it is fitted to the training classes.
   *
   * @param id one of {@link Learners}, or {@link #ENSEMBLE}
   * @param settings those that are not the defaults; of an ensemble either its own alone, of the
   *     usual one, or its members' too, each with its member's name before it, and then all of them
   * @param tasks whose training classes are used
   */
  public static Learner of(String id, Map<String, Double> settings, TrainingTasks tasks) {
    Map<String, Double> all = new TreeMap<>();
    if (id.equals(ENSEMBLE) && settings.keySet().stream().noneMatch(name -> name.contains("."))) {
      all.putAll(EnsembleLearner.of(tasks.features()).settings().asMap());
    }
    all.putAll(settings);
    Learner learner = Learners.restore(id, tasks.features(), all);
    return withMetrics(learner, tasks.classes());
  }

  /**
   * The same learner with its metrics fitted, if it has any.
   *
   * @param classes vectors of base classes; used only where there is a metric
   */
  public static Learner withMetrics(Learner learner, List<List<float[]>> classes) {
    return new TrainedLearner(learner, metrics(learner, classes));
  }

  /** Whether base classes have a part in the learner. */
  public static boolean hasMetric(Learner learner) {
    return learner.initialization().keySet().stream()
        .anyMatch(name -> name.endsWith(TensorKind.METRIC_DIRECTIONS));
  }

  /** A release's learner, as it is: a refresh goes on from the champion. */
  public static Learner of(Release release) {
    Learner learner =
        Learners.restore(
            release.manifest().learner(),
            release.manifest().features(),
            release.manifest().settings());
    return new TrainedLearner(learner, named(release.initialization(), learner));
  }

  /**
   * Tensors by the names that they have now: in ensembles of early releases a domain's metric was
   * one member's own. What came later is not among them, and stays as it is untrained.
   */
  static Map<String, Tensor> named(Map<String, Tensor> tensors, Learner learner) {
    Map<String, Tensor> named = new TreeMap<>();
    tensors.forEach(
        (name, tensor) ->
            named.put(
                Stream.of(DomainMetric.DIRECTIONS, DomainMetric.GAINS)
                    .filter(shared -> !learner.initialization().containsKey(name))
                    .filter(shared -> name.endsWith("_" + shared))
                    .findFirst()
                    .orElse(name),
                tensor));
    return named;
  }

  /**
   * A learner whose metrics are drawn towards those of other classes; everything else stays as it
   * is. One without a metric stays the same.
   *
   * @param classes vectors of each class
   * @param share of the classes in the scatter, 0 to 1
   */
  public static Learner refitted(Learner learner, List<List<float[]>> classes, double share) {
    SortedMap<String, Tensor> tensors = learner.initialization();
    Map<String, Tensor> fitted = metrics(learner, classes);
    Map<String, Tensor> changed = new TreeMap<>();
    fitted
        .keySet()
        .forEach(
            name -> {
              if (name.endsWith(TensorKind.METRIC_DIRECTIONS)) {
                Whitening after = metric(tensors, name).blendedWith(metric(fitted, name), share);
                changed.put(name, after.directions());
                changed.put(gains(name), after.gains());
              }
            });
    return new TrainedLearner(learner, changed);
  }

  /**
   * A learner in whose members that can have one a domain's metric is set; everything else stays.
   */
  public static Learner withDomain(Learner learner, DomainMetric metric) {
    Map<String, Tensor> changed = new TreeMap<>();
    for (String name : learner.initialization().keySet()) {
      if (name.endsWith(DomainMetric.DIRECTIONS)) {
        changed.put(name, metric.directions());
      } else if (name.endsWith(DomainMetric.GAINS)) {
        changed.put(name, metric.gains());
      }
    }
    return new TrainedLearner(learner, changed);
  }

  /** How many directions a domain's metric may have; empty if the learner has none. */
  public static OptionalInt domainRank(Learner learner) {
    return learner.initialization().entrySet().stream()
        .filter(tensor -> tensor.getKey().endsWith(DomainMetric.GAINS))
        .mapToInt(tensor -> tensor.getValue().shape().size(0))
        .findFirst();
  }

  private static Whitening metric(Map<String, Tensor> tensors, String directions) {
    return new Whitening(
        Objects.requireNonNull(tensors.get(directions), directions),
        Objects.requireNonNull(tensors.get(gains(directions)), directions));
  }

  private static Map<String, Tensor> metrics(Learner learner, List<List<float[]>> classes) {
    Map<String, Tensor> fitted = new TreeMap<>();
    learner
        .initialization()
        .forEach(
            (name, tensor) -> {
              if (name.endsWith(TensorKind.METRIC_DIRECTIONS)) {
                Whitening metric = Whitening.fit(classes, tensor.shape().size(1), EVENNESS);
                fitted.put(name, metric.directions());
                fitted.put(gains(name), metric.gains());
              }
            });
    return fitted;
  }

  private static String gains(String directions) {
    int prefix = directions.length() - TensorKind.METRIC_DIRECTIONS.length();
    return directions.substring(0, prefix) + TensorKind.METRIC_GAINS;
  }
}
