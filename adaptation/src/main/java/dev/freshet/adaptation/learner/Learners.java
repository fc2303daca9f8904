package dev.freshet.adaptation.learner;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learners by name, so that a manifest or a command line can say which. An {@link EnsembleLearner}
 * is made of them.
 */
public enum Learners {
  PROTOTYPE("prototype"),
  LDA("lda"),
  LOGISTIC("logistic"),
  PLAIN_LOGISTIC("plain-logistic"),
  ANIL("anil"),
  MAML("maml"),
  FIRST_ORDER_MAML("fomaml"),
  REPTILE("reptile"),
  META_SGD("meta-sgd");

  private final String id;

  Learners(String id) {
    this.id = id;
  }

  /** As in manifests. */
  public String id() {
    return id;
  }

  /** All that can be set, with ranges and defaults. */
  public List<Setting> settings() {
    return switch (this) {
      case PROTOTYPE -> PrototypeLearner.SETTINGS;
      case LDA -> LdaLearner.SETTINGS;
      case LOGISTIC -> LogisticLearner.SETTINGS;
      case PLAIN_LOGISTIC -> PlainLogisticLearner.SETTINGS;
      case ANIL -> AnilLearner.SETTINGS;
      case MAML -> MamlLearner.SETTINGS;
      case FIRST_ORDER_MAML -> FirstOrderMamlLearner.SETTINGS;
      case REPTILE -> ReptileLearner.SETTINGS;
      case META_SGD -> MetaSgdLearner.SETTINGS;
    };
  }

  /** Not yet trained, with defaults for what is not chosen. */
  public Learner create(int features, Map<String, Double> chosen) {
    Settings settings = Settings.of(settings(), chosen);
    return switch (this) {
      case PROTOTYPE -> new PrototypeLearner(features, settings);
      case LDA -> new LdaLearner(features, settings);
      case LOGISTIC -> new LogisticLearner(features, settings);
      case PLAIN_LOGISTIC -> new PlainLogisticLearner(features, settings);
      case ANIL -> new AnilLearner(features, settings);
      case MAML -> new MamlLearner(features, settings);
      case FIRST_ORDER_MAML -> new FirstOrderMamlLearner(features, settings);
      case REPTILE -> new ReptileLearner(features, settings);
      case META_SGD -> new MetaSgdLearner(features, settings);
    };
  }

  /**
   * The learner that a manifest speaks of, untrained: an ensemble too, whose members' settings have
   * their member's name before theirs.
   *
   * @param name as {@link Learner#name()} said it
   * @param settings as {@link Learner#settings()} said them
   */
  public static Learner restore(String name, int features, Map<String, Double> settings) {
    if (!name.equals(EnsembleLearner.NAME)) {
      return named(name).create(features, settings);
    }
    Map<String, Double> own = new TreeMap<>();
    Map<String, Map<String, Double>> byMember = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          int dot = key.indexOf(EnsembleLearner.OF_MEMBER);
          if (dot < 0) {
            own.put(key, value);
            return;
          }
          byMember
              .computeIfAbsent(key.substring(0, dot), unused -> new TreeMap<>())
              .put(key.substring(dot + 1), value);
        });
    return new EnsembleLearner(
        byMember.entrySet().stream()
            .map(member -> named(member.getKey()).create(features, member.getValue()))
            .toList(),
        own);
  }

  /** By {@link #id()}; the error lists the choices. */
  public static Learners named(String id) {
    return Arrays.stream(values())
        .filter(learner -> learner.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No learner '%s', expected one of %s."
                        .formatted(id, Arrays.stream(values()).map(Learners::id).toList())));
  }
}
