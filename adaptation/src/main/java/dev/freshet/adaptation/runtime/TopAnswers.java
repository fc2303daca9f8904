package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.items.Catalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the best of catalogues, and keeps their rows between calls. Not thread-safe. */
final class TopAnswers {
  /** Releases whose rows are kept: the one in force and, around a change, one more. */
  private static final int KEPT = 2;

  /**
   * What was found.
   *
   * @param best of each query
   * @param undecided queries where the learner had no finite score of some item
   */
  record Answers(List<List<RankedItem>> best, int undecided) {}

  private final BufferPools buffers;
  private final Map<String, CatalogueRows> rows = new LinkedHashMap<>(4, 1, true);

  TopAnswers(BufferPools buffers) {
    this.buffers = buffers;
  }

  Answers answer(LoadedRelease release, String head, Catalogue catalogue, List<TopQuery> queries) {
    List<TopSelection> selections = new ArrayList<>();
    // Tasks are told apart by identity.
    Map<AdaptedTask, List<TopSelection>> byTask = new HashMap<>();
    Map<TaskInputs.Size, List<AdaptedTask>> bySize = new LinkedHashMap<>();
    List<TopSelection> diverged = new ArrayList<>();
    for (TopQuery query : queries) {
      TopSelection selection =
          new TopSelection(query.k(), at -> !catalogue.available(at) || query.excluded().test(at));
      selections.add(selection);
      AdaptedTask task = query.task();
      if (task.diverged()) {
        diverged.add(selection);
      } else if (task.ways() > 0) {
        byTask
            .computeIfAbsent(
                task,
                unused -> {
                  bySize
                      .computeIfAbsent(TaskInputs.Size.of(task), size -> new ArrayList<>())
                      .add(task);
                  return new ArrayList<>();
                })
            .add(selection);
      }
    }
    offerNothing(diverged, catalogue.size());
    if (!bySize.isEmpty()) {
      run(release, head, catalogue, bySize, byTask);
    }
    int undecided = (int) selections.stream().filter(TopSelection::undecided).count();
    return new Answers(selections.stream().map(TopSelection::best).toList(), undecided);
  }

  private void run(
      LoadedRelease release,
      String head,
      Catalogue catalogue,
      Map<TaskInputs.Size, List<AdaptedTask>> bySize,
      Map<AdaptedTask, List<TopSelection>> byTask) {
    CatalogueRows shown = rowsOf(release);
    shown.show(catalogue);
    bySize.forEach(
        (size, tasks) -> {
          int perCall = tasksPerCall(release, head, size);
          for (List<AdaptedTask> part : Adapter.parts(tasks, perCall)) {
            new TopCall(release, head, size, part, perCall)
                .run(
                    buffers.of(release.engine()),
                    shown,
                    catalogue,
                    (task, scores, count, from) ->
                        byTask
                            .getOrDefault(part.get(task), List.of())
                            .forEach(selection -> selection.offer(scores, count, from)));
          }
        });
  }

  private static int tasksPerCall(LoadedRelease release, String head, TaskInputs.Size size) {
    long rows = release.sharedQueries(head).isPresent() ? 0 : release.features();
    long elements = CatalogueRows.CHUNK * (1 + rows) + size.elements();
    return Math.min(Sizes.TOP_TASKS_MAX, release.filling().tasksPerCall(4 * elements));
  }

  /** NaN for every item: a task that diverged is answered as one whose scores are none. */
  private static void offerNothing(List<TopSelection> diverged, int items) {
    float[] none = new float[CatalogueRows.CHUNK];
    Arrays.fill(none, Float.NaN);
    for (TopSelection selection : diverged) {
      for (int from = 0; from < items; from += none.length) {
        selection.offer(none, Math.min(none.length, items - from), from);
      }
    }
  }

  private CatalogueRows rowsOf(LoadedRelease release) {
    CatalogueRows known = rows.get(release.digest());
    if (known == null) {
      if (rows.size() == KEPT) {
        String oldest = rows.keySet().iterator().next();
        rows.getOrDefault(oldest, new CatalogueRows(1)).close();
        rows.remove(oldest);
      }
      known = new CatalogueRows(release.features());
      rows.put(release.digest(), known);
    }
    return known;
  }

  void close() {
    rows.values().forEach(CatalogueRows::close);
    rows.clear();
  }
}
