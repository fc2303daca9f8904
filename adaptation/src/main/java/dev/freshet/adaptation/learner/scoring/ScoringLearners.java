package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Setting;
import dev.freshet.adaptation.learner.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Learners that answer with a number for an item, by name. */
public enum ScoringLearners {
  OFFSET_SHRINKAGE("offset-shrinkage"),
  RIDGE("ridge"),
  CAVIA("cavia"),
  MAML("maml"),
  META_SGD("meta-sgd"),
  ANIL("anil"),
  SET_ENCODER("set-encoder");

  private final String id;

  ScoringLearners(String id) {
    this.id = id;
  }

  /** As in manifests. */
  public String id() {
    return id;
  }

  /** All that can be set, with ranges and defaults. */
  public List<Setting> settings() {
    return switch (this) {
      case OFFSET_SHRINKAGE -> OffsetLearner.SETTINGS;
      case RIDGE -> RidgeLearner.SETTINGS;
      case CAVIA -> ContextLearner.SETTINGS;
      case MAML, META_SGD -> GradientRowsLearner.SETTINGS;
      case ANIL -> HeadRowsLearner.SETTINGS;
      case SET_ENCODER -> SetEncoderLearner.SETTINGS;
    };
  }

  /**
   * Not yet trained, with defaults for what is not chosen.
   *
   * @param head whose scores are its answers
   */
  public Learner create(ItemLayout layout, Map<String, Double> chosen, String head) {
    Settings settings = Settings.of(settings(), chosen);
    return switch (this) {
      case OFFSET_SHRINKAGE -> new OffsetLearner(layout, settings, head);
      case RIDGE -> new RidgeLearner(layout, settings, head);
      case CAVIA -> new ContextLearner(layout, settings, head);
      case MAML -> GradientRowsLearner.maml(layout, settings, head);
      case META_SGD -> GradientRowsLearner.metaSgd(layout, settings, head);
      case ANIL -> new HeadRowsLearner(layout, settings, head);
      case SET_ENCODER -> new SetEncoderLearner(layout, settings, head);
    };
  }

  /** By {@link #id()}; the error lists the choices. */
  public static ScoringLearners named(String id) {
    return Arrays.stream(values())
        .filter(learner -> learner.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No scoring learner '%s', expected one of %s."
                        .formatted(id, Arrays.stream(values()).map(ScoringLearners::id).toList())));
  }
}
