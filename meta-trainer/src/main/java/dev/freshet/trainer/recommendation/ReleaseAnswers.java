package dev.freshet.trainer.recommendation;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import java.util.ArrayList;
import java.util.List;

/** What a release answers, by its heads. */
final class ReleaseAnswers implements AutoCloseable {
  private final LoadedRelease release;
  private final Adapter adapter = new Adapter();

  ReleaseAnswers(Release release) {
    this.release = new ReleaseLoader(Device.CPU).load(release);
  }

  /** A number for each query. */
  double[] numbers(String head, List<RatedRow> support, List<float[]> queries) {
    AdaptedTask task = adapter.adapt(release, List.of(supportSet(support))).get(0);
    List<PredictQuery> asked = new ArrayList<>();
    queries.forEach(vector -> asked.add(new PredictQuery(task, head, vector)));
    List<float[]> answers = adapter.predict(release, asked);
    return answers.stream().mapToDouble(answer -> answer[0]).toArray();
  }

  private SupportSet supportSet(List<RatedRow> rows) {
    SupportSet.Builder support = SupportSet.builder(release.features(), 1);
    rows.forEach(row -> support.scored((float) row.value(), row.vector()));
    return support.build();
  }

  /** A head that ranks, as one of the rankers. */
  Ranker ranker(String name, String head) {
    return new Ranker() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double[] scores(RankingTrial trial) {
        return numbers(head, trial.support(), List.of(trial.catalogueRows()));
      }
    };
  }

  @Override
  public void close() {
    adapter.close();
    release.close();
  }
}
