package dev.freshet.job.adapt;

import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.job.adapt.AdaptedSupport.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers the queries of a micro-batch in as few calls as there are graphs: first all supports that
 * are not adapted yet, then all queries.
 */
final class MicroBatch {
  private final Adapter adapter;
  private final Releases releases;
  private final AdaptMetrics metrics;

  MicroBatch(Adapter adapter, Releases releases, AdaptMetrics metrics) {
    this.adapter = adapter;
    this.releases = releases;
    this.metrics = metrics;
  }

  /** One variant of one release: what can share a call. */
  private record Call(LoadedRelease release, Variant variant) {}

  private record Asked(Call call, String head) {}

  /** Answers the queries in place. */
  void answer(List<OpenQuery> queries) {
    adapt(queries);
    predict(queries);
  }

  private void adapt(List<OpenQuery> queries) {
    Map<Call, Set<AdaptedSupport>> wanted = new LinkedHashMap<>();
    for (OpenQuery query : queries) {
      for (String head : query.heads()) {
        Variant variant = OpenQuery.variant(head);
        if (!query.support().has(variant)) {
          wanted
              .computeIfAbsent(call(query, variant), c -> new LinkedHashSet<>())
              .add(query.support());
        }
      }
    }
    wanted.forEach((call, supports) -> adapt(call, List.copyOf(supports)));
  }

  private Call call(OpenQuery query, Variant variant) {
    LoadedRelease release = query.support().release();
    return new Call(
        variant == Variant.PROTOTYPE ? releases.prototype(release.features()) : release, variant);
  }

  private void adapt(Call call, List<AdaptedSupport> supports) {
    List<SupportSet> sets =
        supports.stream().map(support -> support.supportFor(call.variant())).toList();
    List<AdaptedTask> tasks = adapter.adapt(call.release(), sets);
    for (int i = 0; i < tasks.size(); i++) {
      AdaptedSupport support = supports.get(i);
      support.put(call.variant(), tasks.get(i));
      metrics.adapted(support.release().manifest().lineage());
    }
  }

  private void predict(List<OpenQuery> queries) {
    Map<Asked, List<OpenQuery>> byGraph = new LinkedHashMap<>();
    for (OpenQuery query : queries) {
      for (String head : query.heads()) {
        byGraph
            .computeIfAbsent(
                new Asked(call(query, OpenQuery.variant(head)), head), a -> new ArrayList<>())
            .add(query);
      }
    }
    Map<OpenQuery, Map<String, float[]>> scores = new LinkedHashMap<>();
    byGraph.forEach((asked, of) -> predict(asked, of, scores));
    for (OpenQuery query : queries) {
      for (String head : query.heads()) {
        Map<String, float[]> ofQuery = scores.getOrDefault(query, Map.of());
        query.answer(head, learner(query, head), ofQuery.getOrDefault(head, new float[0]));
      }
    }
  }

  private String learner(OpenQuery query, String head) {
    return call(query, OpenQuery.variant(head)).release().manifest().learner();
  }

  private void predict(
      Asked asked, List<OpenQuery> queries, Map<OpenQuery, Map<String, float[]>> scores) {
    LoadedRelease release = asked.call().release();
    Variant variant = asked.call().variant();
    String head =
        variant == Variant.ADAPTED ? asked.head() : release.manifest().defaultHeads().get(0);
    List<PredictQuery> asking =
        queries.stream()
            .map(query -> new PredictQuery(query.support().get(variant), head, query.vector()))
            .toList();
    List<float[]> answers = adapter.predict(release, asking);
    for (int i = 0; i < queries.size(); i++) {
      scores
          .computeIfAbsent(queries.get(i), q -> new LinkedHashMap<>())
          .put(asked.head(), answers.get(i));
    }
  }
}
