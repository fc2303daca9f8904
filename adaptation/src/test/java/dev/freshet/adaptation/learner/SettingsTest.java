package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void startFromDefaults() {
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, Map.of("nameWeight", 2.0));
    assertThat(settings.get("nameWeight")).isEqualTo(2.0);
    assertThat(settings.get("temperature")).isEqualTo(PrototypeLearner.TEMPERATURE.defaultValue());
  }

  @Test
  void reportAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                Settings.of(
                    PrototypeLearner.SETTINGS, Map.of("nameWeight", -1.0, "tempreature", 3.0)))
        .hasMessageContaining("unknown setting 'tempreature'")
        .hasMessageContaining("'nameWeight' is -1.0, expected 0.01 to 100.0");
  }

  @Test
  void refuseNotANumber() {
    assertThatThrownBy(
            () -> Settings.of(PrototypeLearner.SETTINGS, Map.of("temperature", Double.NaN)))
        .hasMessageContaining("'temperature' is NaN");
  }

  @Test
  void defaultsLieWithinTheirRange() {
    assertThatThrownBy(() -> new Setting("x", 0, 1, 2, "?"))
        .hasMessageContaining("default 2.0, expected within 0.0 to 1.0");
  }
}
