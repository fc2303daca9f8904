package dev.freshet.trainer.report;

import dev.freshet.trainer.evaluation.Result;
import dev.freshet.trainer.evaluation.Result.ReliabilityBin;
import dev.freshet.trainer.evaluation.Shots;
import java.util.List;
import org.knowm.xchart.XYChart;

/** The two plots of a section. */
final class Plots {
  private Plots() {}

  /** Accuracy over shots with its 95 % intervals; empty rows leave a gap. */
  static XYChart accuracyByShots(String corpus, Section section) {
    XYChart chart =
        PlotStyle.chart(
            "Accuracy on " + corpus + ", " + section.title(),
            "examples of the label",
            "accuracy in per cent");
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setYAxisDecimalPattern("0");
    List<String> learners = section.learners();
    for (int i = 0; i < learners.size(); i++) {
      String learner = learners.get(i);
      List<Result> line =
          section.results().stream()
              .filter(row -> row.learner().equals(learner))
              .filter(row -> row.shots().count().isPresent())
              .toList();
      if (!line.isEmpty()) {
        PlotStyle.paint(
            chart.addSeries(
                learner,
                line.stream().mapToDouble(row -> row.shots().count().orElse(0)).toArray(),
                line.stream().mapToDouble(row -> 100 * row.accuracy()).toArray(),
                line.stream().mapToDouble(row -> 100 * row.ci95().orElse(0)).toArray()),
            i);
      }
    }
    return chart;
  }

  /** Accuracy over the probability of the best answer; the better, the closer to the diagonal. */
  static XYChart reliability(String corpus, Section section, Shots shots) {
    String row = shots.equals(Shots.OVERALL) ? "overall" : shots + " shots";
    XYChart chart =
        PlotStyle.chart(
            "Reliability on " + corpus + ", " + section.title() + ", " + row,
            "probability of the best answer in per cent",
            "how often it is right, in per cent");
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0).setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setYAxisDecimalPattern("0");
    double[] ends = {0, 100};
    PlotStyle.paintReference(chart.addSeries("as sure as right", ends, ends));
    List<String> learners = section.learners();
    for (int i = 0; i < learners.size(); i++) {
      String learner = learners.get(i);
      List<ReliabilityBin> bins =
          section.result(learner, shots).map(Result::reliability).orElse(List.of());
      if (!bins.isEmpty()) {
        PlotStyle.paint(
            chart.addSeries(
                learner,
                bins.stream().mapToDouble(bin -> 100 * bin.confidence()).toArray(),
                bins.stream().mapToDouble(bin -> 100 * bin.accuracy()).toArray()),
            i);
      }
    }
    return chart;
  }
}
