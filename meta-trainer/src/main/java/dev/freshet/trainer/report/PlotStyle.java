package dev.freshet.trainer.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How every plot of a report looks: one colour a learner, told apart in grey by its marker. */
final class PlotStyle {
  static final int WIDTH = 900;
  static final int HEIGHT = 560;

  /** Okabe and Ito's colours, which the colour-blind tell apart. */
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xE69F00),
          new Color(0x009E73),
          new Color(0xD55E00),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0x444444));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS);

  private static final Color GRID = new Color(0xDDDDDD);
  private static final float LINE_WIDTH = 2f;

  private PlotStyle() {}

  static XYChart chart(String title, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridVerticalLinesVisible(false);
    style.setLegendPosition(LegendPosition.OutsideE);
    style.setLegendBorderColor(Color.WHITE);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    style.setErrorBarsColorSeriesColor(true);
    style.setMarkerSize(8);
    style.setLocale(Locale.ROOT);
    return chart;
  }

  /**
   * Gives a line its colour and marker.
   *
   * @param number of the learner in its table
   */
  static void paint(XYSeries line, int number) {
    Color color = COLORS.get(number % COLORS.size());
    line.setLineColor(color);
    line.setMarkerColor(color);
    line.setMarker(MARKERS.get(number % MARKERS.size()));
    line.setLineWidth(LINE_WIDTH);
  }

  /** A line that is no learner: where one would like to be. */
  static void paintReference(XYSeries line) {
    line.setLineColor(Color.GRAY);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineStyle(
        new BasicStroke(
            1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {6, 5}, 0f));
  }

  /** A line through so many points that markers would hide it. */
  static void paintCurve(XYSeries line, int number) {
    paint(line, number);
    line.setMarker(SeriesMarkers.NONE);
  }

  /** Points without a line. */
  static void paintPoints(XYSeries points) {
    points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    points.setMarker(SeriesMarkers.CIRCLE);
    points.setMarkerColor(Color.BLACK);
  }
}
