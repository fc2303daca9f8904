package dev.freshet.standalone;

import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.Target;
import dev.freshet.standalone.console.BarChart;
import dev.freshet.standalone.log.RecordText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A prediction as people read it: labels with bars, numbers, or items in their order. */
final class AnswerText {
  private static final int BAR_WIDTH = 24;

  private AnswerText() {}

  /** Line by line, what it rests on last. */
  static List<String> lines(Prediction prediction, Optional<Exploration> exploration) {
    List<String> lines = new ArrayList<>();
    boolean named = prediction.answers().size() > 1 || prediction.itemTable().isPresent();
    for (Answer answer : prediction.answers()) {
      if (named) {
        lines.add(answer.head() + " (" + answer.learner() + ")");
      }
      lines.addAll(lines(answer.scores()));
    }
    if (prediction.answers().stream().allMatch(answer -> answer.scores().isEmpty())) {
      lines.add(
          prediction.itemTable().isPresent()
              ? "nothing to choose from: no item may be answered"
              : "nothing to choose from: the task has no labels yet");
    }
    lines.add(
        String.format(
            "query %s · %s · %s · release %s · %s",
            prediction.query(),
            basis(prediction),
            RecordText.counted(prediction.supportSize(), "example", "examples"),
            prediction.release(),
            prediction.engine()));
    prediction.itemTable().ifPresent(table -> lines.add(items(prediction, table, exploration)));
    return lines;
  }

  private static String items(
      Prediction prediction, String table, Optional<Exploration> exploration) {
    String chosen =
        prediction.propensity().isPresent()
            ? String.format(
                Locale.ROOT,
                " · the first was chosen with probability %.3f%s",
                prediction.propensity().getAsDouble(),
                exploration.map(how -> " (" + AskedOptions.name(how.policy()) + ")").orElse(""))
            : "";
    return "item table " + table + chosen;
  }

  private static List<String> lines(List<Score> scores) {
    int width =
        scores.stream().mapToInt(score -> RecordText.text(score.target()).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int place = 1; place <= scores.size(); place++) {
      lines.add(line(scores.get(place - 1), place, Math.max(1, width)));
    }
    return lines;
  }

  private static String line(Score score, int place, int width) {
    if (score.target() instanceof Target.NumberTarget) {
      return String.format(Locale.ROOT, "  %.3f", score.score());
    }
    String target = RecordText.text(score.target());
    return score.target() instanceof Target.ItemTarget
        ? String.format(Locale.ROOT, "%4d  %-" + width + "s  %8.3f", place, target, score.score())
        : String.format(
            Locale.ROOT,
            "  %-" + width + "s  %s %.3f",
            target,
            BarChart.bar(score.score(), BAR_WIDTH),
            score.score());
  }

  private static String basis(Prediction prediction) {
    String rests =
        switch (prediction.basis()) {
          case EXAMPLES -> "from its examples";
          case LABEL_NAMES -> "from its labels' names alone";
          case RELEASE_ALONE -> "from the release alone";
          case SEGMENT -> "from what its segment says";
        };
    return prediction.opened() ? rests : rests + ", task never opened";
  }
}
