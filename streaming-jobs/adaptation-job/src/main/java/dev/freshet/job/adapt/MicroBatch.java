package dev.freshet.job.adapt;

import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.job.adapt.AdaptedSupport.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Answers the queries of a micro-batch in as few calls as there are graphs: first all supports that
 * are not adapted yet, then all queries.
 */
final class MicroBatch {
  private final Adapter adapter;
  private final Releases releases;
  private final AdaptMetrics metrics;
  private final Rankings rankings;

  MicroBatch(Adapter adapter, Releases releases, AdaptMetrics metrics) {
    this.adapter = adapter;
    this.releases = releases;
    this.metrics = metrics;
    this.rankings = new Rankings(adapter);
  }

  /** What can share calls: one head of one release. There are few, so they are found by looking. */
  private static final class Group {
    private final LoadedRelease release;
    private final Variant variant;

    /** Of the release's graphs. */
    private final String head;

    private final List<AdaptedSupport> supports = new ArrayList<>();
    private final List<OpenQuery> queries = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    Group(LoadedRelease release, Variant variant, String head) {
      this.release = release;
      this.variant = variant;
      this.head = head;
    }

    boolean is(LoadedRelease otherRelease, Variant otherVariant, String otherHead) {
      return release == otherRelease && variant == otherVariant && head.equals(otherHead);
    }
  }

  /** Answers the queries in place. */
  void answer(List<OpenQuery> queries) {
    List<Group> groups = grouped(queries);
    adapt(groups);
    for (Group group : groups) {
      predict(group);
      rankings.answer(group.release, group.head, asked(group));
    }
  }

  private static List<Rankings.Asked> asked(Group group) {
    List<Rankings.Asked> asked = new ArrayList<>();
    for (int i = 0; i < group.queries.size(); i++) {
      OpenQuery query = group.queries.get(i);
      if (query.ranking().isPresent()) {
        asked.add(
            new Rankings.Asked(query, query.ranking().get(), group.places.get(i), group.variant));
      }
    }
    return asked;
  }

  private List<Group> grouped(List<OpenQuery> queries) {
    List<Group> groups = new ArrayList<>();
    for (OpenQuery query : queries) {
      for (int place = 0; place < query.heads().size(); place++) {
        Group group = group(groups, query, place);
        group.queries.add(query);
        group.places.add(place);
        if (query.support().claim(group.variant)) {
          group.supports.add(query.support());
        }
      }
    }
    return groups;
  }

  private Group group(List<Group> groups, OpenQuery query, int place) {
    Variant variant = OpenQuery.variant(query.heads().get(place));
    LoadedRelease ofTask = query.support().release();
    LoadedRelease release =
        variant == Variant.PROTOTYPE ? releases.prototype(ofTask.features()) : ofTask;
    String head =
        variant == Variant.PROTOTYPE
            ? release.manifest().defaultHeads().get(0)
            : query.graphHead(place);
    for (Group group : groups) {
      if (group.is(release, variant, head)) {
        return group;
      }
    }
    Group added = new Group(release, variant, head);
    groups.add(added);
    return added;
  }

  private void adapt(List<Group> groups) {
    if (groups.stream().allMatch(group -> group.supports.isEmpty())) {
      return;
    }
    long start = System.nanoTime();
    groups.forEach(this::adapt);
    metrics.adaptMicros.update(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
  }

  private void adapt(Group group) {
    List<SupportSet> sets = new ArrayList<>(group.supports.size());
    for (AdaptedSupport support : group.supports) {
      sets.add(support.supportFor(group.variant));
    }
    List<AdaptedTask> tasks = adapter.adapt(group.release, sets);
    for (int i = 0; i < tasks.size(); i++) {
      AdaptedSupport support = group.supports.get(i);
      support.put(group.variant, tasks.get(i));
      metrics.adapted(support.release().manifest().lineage());
    }
  }

  private void predict(Group group) {
    List<PredictQuery> asked = new ArrayList<>(group.queries.size());
    List<Integer> positions = new ArrayList<>(group.queries.size());
    for (int i = 0; i < group.queries.size(); i++) {
      OpenQuery query = group.queries.get(i);
      if (query.ranking().isEmpty()) {
        asked.add(new PredictQuery(query.support().get(group.variant), group.head, query.vector()));
        positions.add(i);
      }
    }
    List<float[]> scores = adapter.predict(group.release, asked);
    String learner = group.release.manifest().learner();
    for (int i = 0; i < scores.size(); i++) {
      int position = positions.get(i);
      group.queries.get(position).answer(group.places.get(position), learner, scores.get(i));
    }
  }
}
