package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.MetricPrototypes;
import dev.freshet.adaptation.learner.NearestMeanLearner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of each learner, untrained, ready to keep the contract. */
final class EveryLearner {
  private EveryLearner() {}

  static Stream<Learner> of(int features) {
    Learner lda = lda(features);
    Learner anil = Learners.ANIL.create(features, Map.of());
    Learner prototypes = Learners.PROTOTYPE.create(features, Map.of());
    Learner logistic = Learners.LOGISTIC.create(features, Map.of("rank", 4.0));
    Learner plain = Learners.PLAIN_LOGISTIC.create(features, Map.of("rank", 4.0));
    return Stream.of(
        new NearestMeanLearner(features),
        prototypes,
        lda,
        logistic,
        plain,
        new MetricPrototypes(features),
        anil,
        Learners.ANIL.create(features, Map.of("hidden1", 32.0, "smooth", 1.0)),
        network(Learners.MAML, features, Map.of("hidden1", 32.0)),
        network(Learners.MAML, features, Map.of("hidden1", 32.0, "hidden2", 24.0, "smooth", 1.0)),
        network(Learners.MAML, features, Map.of("hidden1", 32.0, "lowRank", 1.0)),
        network(
            Learners.MAML,
            features,
            Map.of("hidden1", 32.0, "hidden2", 24.0, "smooth", 1.0, "lowRank", 1.0)),
        network(Learners.FIRST_ORDER_MAML, features, Map.of("hidden1", 32.0)),
        network(Learners.REPTILE, features, Map.of("hidden1", 32.0)),
        network(Learners.META_SGD, features, Map.of("hidden1", 32.0, "hidden2", 24.0)),
        new EnsembleLearner(List.of(prototypes, lda, anil)),
        new EnsembleLearner(List.of(lda, logistic, plain)));
  }

  /** Those that are trained by numbers. */
  static Stream<Learner> ofNumbers(int features) {
    return Stream.of(
        number(Learners.MAML, features, Map.of("hidden2", 24.0)),
        number(Learners.MAML, features, Map.of("lowRank", 1.0, "smooth", 1.0)),
        number(Learners.MAML, features, Map.of("fixedRates", 1.0)),
        number(Learners.FIRST_ORDER_MAML, features, Map.of()),
        number(Learners.REPTILE, features, Map.of()),
        number(Learners.META_SGD, features, Map.of("hidden2", 24.0)));
  }

  private static Learner number(Learners which, int features, Map<String, Double> more) {
    Map<String, Double> settings = new HashMap<>(more);
    settings.putAll(Map.of("numbers", 1.0, "hidden1", 32.0, "rate", 0.05));
    return which.create(features, settings);
  }

  private static Learner lda(int features) {
    return Learners.LDA.create(features, Map.of("rank", Math.min(features, 16.0)));
  }

  private static Learner network(Learners which, int features, Map<String, Double> layers) {
    Map<String, Double> settings = new HashMap<>(layers);
    settings.put("headScale", 5.0);
    return which.create(features, settings);
  }
}
