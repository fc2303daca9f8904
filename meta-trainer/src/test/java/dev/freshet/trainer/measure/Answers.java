package dev.freshet.trainer.measure;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a release answers, through the same runtime as in the job. */
final class Answers {
  private static final int SUPPORTS_AT_ONCE = 512;

  private Answers() {}

  static List<float[]> of(Release release, List<Asked> asked) {
    return of(release, asked, UnaryOperator.identity());
  }

  /** From the label names alone. */
  static List<float[]> unadapted(Release release, List<Asked> asked) {
    return of(release, asked, SupportSet::namesOnly);
  }

  private static List<float[]> of(
      Release release, List<Asked> asked, UnaryOperator<SupportSet> view) {
    List<float[]> answers = new ArrayList<>();
    try (LoadedRelease loaded = new ReleaseLoader(Device.CPU).load(release);
        Adapter adapter = new Adapter()) {
      for (int from = 0; from < asked.size(); from += SUPPORTS_AT_ONCE) {
        List<Asked> part = asked.subList(from, Math.min(asked.size(), from + SUPPORTS_AT_ONCE));
        answers.addAll(answer(loaded, adapter, part, view));
      }
    }
    return answers;
  }

  private static List<float[]> answer(
      LoadedRelease release, Adapter adapter, List<Asked> asked, UnaryOperator<SupportSet> view) {
    IdentityHashMap<SupportSet, Integer> positions = new IdentityHashMap<>();
    List<SupportSet> supports = new ArrayList<>();
    for (Asked query : asked) {
      if (positions.putIfAbsent(query.support, supports.size()) == null) {
        supports.add(view.apply(query.support));
      }
    }
    List<AdaptedTask> tasks = adapter.adapt(release, supports);
    String head = release.manifest().defaultHeads().get(0);
    List<PredictQuery> queries = new ArrayList<>();
    for (Asked query : asked) {
      AdaptedTask task = tasks.get(positions.getOrDefault(query.support, -1));
      queries.add(new PredictQuery(task, head, query.query));
    }
    return adapter.predict(release, queries);
  }

  static Tally tally(List<float[]> answers, List<Asked> asked) {
    Tally tally = new Tally();
    for (int i = 0; i < asked.size(); i++) {
      float[] scores = answers.get(i);
      double[] probabilities = new double[scores.length];
      for (int way = 0; way < scores.length; way++) {
        probabilities[way] = scores[way];
      }
      tally.add(probabilities, asked.get(i).truth, asked.get(i).shots);
    }
    return tally;
  }
}
