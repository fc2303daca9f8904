package dev.freshet.trainer.report;

import dev.freshet.trainer.sine.SineResults;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** Sine regression as a picture: the error by gradient steps, and one sine before and after. */
public final class SineFigure {
  private SineFigure() {}

  /** Writes a PNG, replacing what is there. */
  public static void write(SineResults results, Path file) {
    BufferedImage left = BitmapEncoder.getBufferedImage(errors(results));
    BufferedImage right = BitmapEncoder.getBufferedImage(example(results.example()));
    BufferedImage both =
        new BufferedImage(
            left.getWidth() + right.getWidth(), left.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(left, 0, 0, null);
    graphics.drawImage(right, left.getWidth(), 0, null);
    graphics.dispose();
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      ImageIO.write(both, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write figure " + file + ": " + e, e);
    }
  }

  private static XYChart errors(SineResults results) {
    XYChart chart =
        PlotStyle.chart("Sine regression from ten points", "gradient steps", "mean squared error");
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisMin(0.0);
    line(chart, results, "MAML", SineResults.Row::maml, 0);
    line(chart, results, "pretrained", SineResults.Row::pretrained, 1);
    return chart;
  }

  private interface Of {
    SineResults.MeanError error(SineResults.Row row);
  }

  private static void line(XYChart chart, SineResults results, String name, Of of, int number) {
    List<SineResults.Row> rows = results.bySteps();
    PlotStyle.paint(
        chart.addSeries(
            name,
            values(rows, SineResults.Row::steps),
            values(rows, row -> of.error(row).mean()),
            values(rows, row -> of.error(row).ci95())),
        number);
  }

  private static double[] values(
      List<SineResults.Row> rows, ToDoubleFunction<SineResults.Row> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private static XYChart example(SineResults.Example example) {
    XYChart chart = PlotStyle.chart("One sine, before and after", "x", "y");
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.#");
    for (int i = 0; i < example.curves().size(); i++) {
      SineResults.Curve curve = example.curves().get(i);
      XYSeries line = chart.addSeries(curve.name(), array(example.x()), array(curve.y()));
      PlotStyle.paintCurve(line, i);
    }
    PlotStyle.paintPoints(
        chart.addSeries("the ten points", array(example.pointX()), array(example.pointY())));
    return chart;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}
