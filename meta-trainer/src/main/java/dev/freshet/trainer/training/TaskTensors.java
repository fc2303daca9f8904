package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tasks as the inputs of {@link MetaGradient}'s graph, padded to the largest of them. */
public final class TaskTensors {
  private final List<TrainingTask> tasks;
  private final int ways;
  private final int rows;
  private final int queries;
  private final int features;

  private final float[] supportX;
  private final float[] supportY;
  private final float[] mask;
  private final float[] isName;
  private final float[] square;
  private final float[] wayMask;
  private final float[] queryX;
  private final float[] queryY;
  private final float[] queryWeight;

  private TaskTensors(List<TrainingTask> tasks) {
    this.tasks = tasks;
    this.ways = tasks.stream().mapToInt(TrainingTask::ways).max().orElseThrow();
    this.rows = tasks.stream().mapToInt(TrainingTask::rows).max().orElseThrow();
    this.queries = tasks.stream().mapToInt(task -> task.queries().size()).max().orElseThrow();
    this.features = tasks.get(0).features();
    int count = tasks.size();
    this.supportX = new float[count * rows * features];
    this.supportY = new float[count * rows * ways];
    this.mask = new float[count * rows];
    this.isName = new float[count * rows];
    this.square = new float[count * rows];
    this.wayMask = new float[count * ways];
    this.queryX = new float[count * queries * features];
    this.queryY = new float[count * queries * ways];
    this.queryWeight = new float[count * queries];
  }

  /**
   * Every task's queries weigh 1 in all, however many there are.
   *
   * @param tasks at least one
   */
  public static Map<String, Tensor> of(List<TrainingTask> tasks) {
    TaskTensors tensors = new TaskTensors(tasks);
    for (int task = 0; task < tasks.size(); task++) {
      tensors.fill(task);
    }
    return tensors.asMap();
  }

  private void fill(int index) {
    TrainingTask task = tasks.get(index);
    int row = index * rows;
    Arrays.fill(wayMask, index * ways, index * ways + task.ways(), 1);
    for (int way = 0; way < task.names().size(); way++) {
      isName[row] = 1;
      support(row++, new TrainingTask.Row(way, task.names().get(way)));
    }
    for (TrainingTask.Row example : task.examples()) {
      support(row++, example);
    }
    int query = index * queries;
    for (TrainingTask.Row asked : task.queries()) {
      System.arraycopy(asked.vector().values(), 0, queryX, query * features, features);
      queryY[query * ways + asked.way()] = asked.target();
      queryWeight[query] = 1f / task.queries().size();
      query++;
    }
  }

  private void support(int row, TrainingTask.Row shown) {
    float[] vector = shown.vector().values();
    System.arraycopy(vector, 0, supportX, row * features, features);
    supportY[row * ways + shown.way()] = shown.target();
    mask[row] = 1;
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    square[row] = (float) sum;
  }

  private Map<String, Tensor> asMap() {
    int count = tasks.size();
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(GraphContract.SUPPORT_X, Tensor.of(Shape.of(count, rows, features), supportX));
    tensors.put(GraphContract.SUPPORT_Y, Tensor.of(Shape.of(count, rows, ways), supportY));
    tensors.put(GraphContract.SUPPORT_MASK, Tensor.of(Shape.of(count, rows), mask));
    tensors.put(GraphContract.SUPPORT_NAME, Tensor.of(Shape.of(count, rows), isName));
    tensors.put(GraphContract.SUPPORT_SQUARE, Tensor.of(Shape.of(count, rows), square));
    tensors.put(GraphContract.WAY_MASK, Tensor.of(Shape.of(count, ways), wayMask));
    tensors.put(GraphContract.QUERY_X, Tensor.of(Shape.of(count, queries, features), queryX));
    tensors.put(MetaGradient.QUERY_Y, Tensor.of(Shape.of(count, queries, ways), queryY));
    tensors.put(MetaGradient.QUERY_WEIGHT, Tensor.of(Shape.of(count, queries), queryWeight));
    return tensors;
  }
}
