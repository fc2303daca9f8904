package dev.freshet.trainer.sine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What came out.
 *
 * @param bySteps a row for each number of gradient steps, from none on
 * @param example a task, before and after
 * @param seconds in all
 * @param iterationsPerSecond of meta-training, wall time
 */
public record SineResults(
    SineSettings settings,
    List<Row> bySteps,
    Example example,
    double seconds,
    double iterationsPerSecond) {

  /**
   * After so many gradient steps on ten points.
   *
   * @param pretrainedRate the inner rate that was best for the pretrained network
   */
  public record Row(int steps, MeanError maml, MeanError pretrained, double pretrainedRate) {}

  /**
   * Mean squared error over tasks.
   *
   * @param ci95 half the width of its 95 % interval
   */
  public record MeanError(double mean, double ci95) {}

  /** A value for each x. */
  public record Curve(String name, List<Double> y) {
    public Curve {
      y = List.copyOf(y);
    }
  }

  /**
   * A sine and what the meta-learned network makes of ten of its points.
   *
   * @param curves over {@code x}; the truth comes first
   */
  public record Example(
      List<Double> x, List<Curve> curves, List<Double> pointX, List<Double> pointY) {
    public Example {
      x = List.copyOf(x);
      curves = List.copyOf(curves);
      pointX = List.copyOf(pointX);
      pointY = List.copyOf(pointY);
    }
  }

  public SineResults {
    bySteps = List.copyOf(bySteps);
  }

  /** How many times smaller MAML's error is after one step. */
  public double ratioAfterOneStep() {
    return bySteps.get(1).pretrained().mean() / bySteps.get(1).maml().mean();
  }

  /** As a document, without the example's curves. */
  public String toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("points", SineTasks.POINTS);
    document.put("iterations", settings.iterations());
    document.put("tasksPerIteration", settings.tasksPerIteration());
    document.put("tasks", settings.tasks());
    document.put("seed", settings.seed());
    document.put("device", settings.device().toString());
    document.put("seconds", seconds);
    document.put("iterationsPerSecond", iterationsPerSecond);
    document.put("ratioAfterOneStep", ratioAfterOneStep());
    ArrayNode rows = document.putArray("bySteps");
    for (Row row : bySteps) {
      ObjectNode node = rows.addObject();
      node.put("steps", row.steps());
      error(node.putObject("maml"), row.maml());
      error(node.putObject("pretrained"), row.pretrained());
      node.put("pretrainedRate", row.pretrainedRate());
    }
    return document.toPrettyString();
  }

  private static void error(ObjectNode node, MeanError error) {
    node.put("meanSquaredError", error.mean());
    node.put("ci95", error.ci95());
  }
}
