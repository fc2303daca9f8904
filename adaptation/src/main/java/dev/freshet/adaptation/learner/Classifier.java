package dev.freshet.adaptation.learner;

import java.util.List;

/** What learners with one head, {@code label}, have in common. */
abstract class Classifier implements Learner {
  static final Head LABEL = Head.classification("label");

  private final String name;
  private final int features;
  private final Settings settings;

  Classifier(String name, int features, Settings settings) {
    this.name = name;
    this.features = features;
    this.settings = settings;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  @Override
  public final int features() {
    return features;
  }

  @Override
  public final List<Head> heads() {
    return List.of(LABEL);
  }

  @Override
  public final List<String> defaultHeads() {
    return List.of(LABEL.name());
  }

  final double setting(Setting setting) {
    return settings.get(setting.name());
  }
}
