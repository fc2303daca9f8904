package dev.freshet.trainer.bench;

import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.trainer.publish.ShippedRelease;
import java.util.ArrayList;
import java.util.List;

/**
 * The shipped release as the job has it: supports in, probabilities out, calls made up by the
 * runtime, with all that Java does for them.
 */
final class ServedWork implements AutoCloseable {
  static final String ID = "default-served";

  /** Other than the examples', so that an answer is not a foregone conclusion. */
  private static final int QUERIES = 3;

  private final LoadedRelease release;
  private final Adapter adapter = new Adapter();
  private final List<SupportSet> supports = new ArrayList<>();
  private final List<float[]> queries = new ArrayList<>();

  ServedWork(Device device, int tasks) {
    this.release = new ReleaseLoader(device).load(ShippedRelease.CATEGORIES.assemble());
    int features = release.features();
    float[] rows = DeviceWork.vectors(tasks, features).toArray();
    for (int task = 0; task < tasks; task++) {
      SupportSet.Builder support = SupportSet.builder(features, DeviceWork.WAYS);
      for (int row = 0; row < DeviceWork.ROWS; row++) {
        int from = (task * DeviceWork.ROWS + row) * features;
        float[] vector = new float[features];
        System.arraycopy(rows, from, vector, 0, features);
        support.example(row % DeviceWork.WAYS, vector);
        if (queries.size() < QUERIES * (task + 1)) {
          float[] query = vector.clone();
          float first = query[0];
          query[0] = query[features - 1];
          query[features - 1] = first;
          queries.add(query);
        }
      }
      supports.add(support.build());
    }
  }

  /** Adapts all. */
  List<AdaptedTask> adapt() {
    return adapter.adapt(release, supports);
  }

  /** What is answered to all queries, one after the other. */
  float[] answers(List<AdaptedTask> tasks) {
    List<PredictQuery> asked = new ArrayList<>();
    for (int task = 0; task < tasks.size(); task++) {
      for (int query = 0; query < QUERIES; query++) {
        asked.add(query(tasks.get(task), task, query));
      }
    }
    List<float[]> answers = adapter.predict(release, asked);
    float[] all = new float[answers.size() * DeviceWork.WAYS];
    for (int i = 0; i < answers.size(); i++) {
      System.arraycopy(answers.get(i), 0, all, i * DeviceWork.WAYS, DeviceWork.WAYS);
    }
    return all;
  }

  /** The same, every task adapted and every query answered alone. */
  float[] answersAlone() {
    float[] all = new float[queries.size() * DeviceWork.WAYS];
    for (int task = 0; task < supports.size(); task++) {
      AdaptedTask alone = adapter.adapt(release, List.of(supports.get(task))).get(0);
      for (int query = 0; query < QUERIES; query++) {
        float[] answer = adapter.predict(release, List.of(query(alone, task, query))).get(0);
        int at = (task * QUERIES + query) * DeviceWork.WAYS;
        System.arraycopy(answer, 0, all, at, DeviceWork.WAYS);
      }
    }
    return all;
  }

  private PredictQuery query(AdaptedTask task, int number, int query) {
    String head = release.manifest().defaultHeads().get(0);
    return new PredictQuery(task, head, queries.get(number * QUERIES + query));
  }

  /** Bytes of a task's examples. */
  double bytesPerTask() {
    return (double) DeviceWork.ROWS * release.features() * Float.BYTES;
  }

  @Override
  public void close() {
    adapter.close();
    release.close();
  }
}
