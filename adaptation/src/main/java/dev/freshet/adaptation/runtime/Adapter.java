package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.exploration.Beliefs;
import dev.freshet.adaptation.exploration.IndependentBeliefs;
import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.release.ReleaseManifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches ragged tasks through a release's graphs. A task's parameters and scores are bit for bit
 * the same whoever shares the call. Not thread-safe: have one for each thread.
 *
 * <p>Tasks of one padded size go together, at most {@link Sizes#TASKS_MAX} a call, and as many
 * bytes as suit the engine: its {@link Filling} says how large calls are.
 */
public final class Adapter implements AutoCloseable {
  private final BufferPools buffers = new BufferPools();
  private final TopAnswers tops = new TopAnswers(buffers);
  private long undecidedAnswers;

  /** An adapter without buffers yet: they grow with what it is given. */
  public Adapter() {}

  /** The adapted task of every support, in the same order. A task without ways costs no call. */
  public List<AdaptedTask> adapt(LoadedRelease release, List<SupportSet> supports) {
    AdaptedTask[] adapted = new AdaptedTask[supports.size()];
    Map<AdaptCall.Size, List<Integer>> bySize = new LinkedHashMap<>();
    for (int i = 0; i < adapted.length; i++) {
      SupportSet support = supports.get(i);
      check(release, support, i);
      if (support.ways() == 0) {
        adapted[i] = AdaptedTask.withoutWays(release.digest());
      } else {
        AdaptCall.Size size = AdaptCall.Size.of(support, release.manifest().classifies());
        bySize.computeIfAbsent(size, unused -> new ArrayList<>()).add(i);
      }
    }
    bySize.forEach(
        (size, positions) -> {
          for (List<Integer> part : parts(positions, size.tasksPerCall(release))) {
            List<SupportSet> chosen = part.stream().map(supports::get).toList();
            List<AdaptedTask> results =
                new AdaptCall(release, size, chosen).run(buffers.of(release.engine()));
            for (int i = 0; i < results.size(); i++) {
              adapted[part.get(i)] = results.get(i);
            }
          }
        });
    return List.of(adapted);
  }

  /**
   * Per query, in the same order, a score for each way of its task from the head it names; nothing
   * for a task without ways.
   *
   * <p>Never anything that is not finite. Where the task {@link AdaptedTask#diverged() diverged},
   * or its scores overflow for this query, the answer is undecided: the same probability for every
   * way if the head classifies, else 0.
   */
  public List<float[]> predict(LoadedRelease release, List<PredictQuery> queries) {
    List<float[]> answers = scores(release, queries);
    for (int i = 0; i < answers.size(); i++) {
      PredictQuery query = queries.get(i);
      Head.Kind kind = release.manifest().head(query.head()).orElseThrow().kind();
      int ways = query.task().ways();
      if (!Answers.isSound(kind, ways, answers.get(i))) {
        answers.set(i, Answers.undecided(kind, ways));
        undecidedAnswers++;
      }
    }
    return answers;
  }

  /**
   * The best of a catalogue for each query, in the same order; exact. Of equal scores the lower
   * position comes first; withdrawn items never do. Where there are fewer than wanted, all.
   *
   * <p>An item's score is bit for bit the same whoever shares the call, and however many items
   * there are. Where a task diverged, or a score overflows, 0 stands in.
   *
   * <p>The rows of the catalogues of the last few releases are kept in native memory, {@code 4 ·
   * features} bytes an item: of the next version, only what changed is written.
   *
   * @param head that scores or ranks
   */
  public List<List<RankedItem>> top(
      LoadedRelease release, String head, Catalogue catalogue, List<TopQuery> queries) {
    int features = catalogue.table().layout().features();
    if (features != release.features()) {
      throw new IllegalArgumentException(
          "Items of the catalogue have rows of %d, but release %s takes %d. Take the release's own table."
              .formatted(features, release, release.features()));
    }
    Head.Kind kind = release.manifest().head(head).map(Head::kind).orElse(null);
    if (kind == null || kind == Head.Kind.CLASSIFICATION) {
      throw new IllegalArgumentException(
          "Head '%s' of release %s does not put items in order; its heads are %s."
              .formatted(head, release, release.manifest().heads()));
    }
    for (int i = 0; i < queries.size(); i++) {
      check(release, queries.get(i).task(), i);
    }
    TopAnswers.Answers answers = tops.answer(release, head, catalogue, queries);
    undecidedAnswers += answers.undecided();
    return answers.best();
  }

  /**
   * What is believed of some candidates' scores: around what {@link #predict} answers, with what
   * the head knows it does not know. For a policy that explores.
   *
   * <p>Where the task diverged, or something is not finite, every score is certain to be 0.
   *
   * @param head that {@link LoadedRelease#hasSpread has a spread}
   * @param rows of the candidates, one at least
   */
  public Beliefs beliefs(LoadedRelease release, String head, AdaptedTask task, List<float[]> rows) {
    List<PredictQuery> queries = new ArrayList<>();
    for (float[] row : rows) {
      queries.add(new PredictQuery(task, head, row));
      check(release, queries.get(queries.size() - 1), queries.size() - 1);
    }
    if (rows.isEmpty() || !release.hasSpread(head)) {
      throw new IllegalArgumentException(
          "Head '%s' of release %s was asked what it believes of %d candidates, expected one at least, and a head with a spread."
              .formatted(head, release, rows.size()));
    }
    BeliefsCall call = new BeliefsCall(release, head, task);
    if (!task.diverged() && task.ways() > 0) {
      call.run(buffers.of(release.engine()), queries);
    }
    if (!call.isSound()) {
      undecidedAnswers++;
      return IndependentBeliefs.certain(new double[rows.size()]);
    }
    return call.beliefs();
  }

  /** How many answers so far were undecided because the learner had no finite one. */
  public long undecidedAnswers() {
    return undecidedAnswers;
  }

  /** As the graph gives them; nothing for a task that diverged. */
  List<float[]> scores(LoadedRelease release, List<PredictQuery> queries) {
    float[][] answers = new float[queries.size()][0];
    byHead(release, queries)
        .forEach((head, positions) -> scores(release, head, queries, positions, answers));
    return Arrays.asList(answers);
  }

  private void scores(
      LoadedRelease release,
      String head,
      List<PredictQuery> queries,
      List<Integer> asked,
      float[][] answers) {
    Filling filling = release.filling();
    Map<PredictCall.Size, List<PredictCall.Row>> bySize = new LinkedHashMap<>();
    byTask(queries, asked)
        .forEach(
            (task, positions) -> {
              for (List<Integer> part : parts(positions, filling.queriesMax())) {
                PredictCall.Row row = new PredictCall.Row(task, part);
                bySize.computeIfAbsent(row.size(filling), unused -> new ArrayList<>()).add(row);
              }
            });
    bySize.forEach(
        (size, rows) -> {
          for (List<PredictCall.Row> part : parts(rows, size.rowsPerCall(release))) {
            new PredictCall(release, head, size, part, queries)
                .run(buffers.of(release.engine()), answers);
          }
        });
  }

  private static Map<String, List<Integer>> byHead(
      LoadedRelease release, List<PredictQuery> queries) {
    Map<String, List<Integer>> byHead = new LinkedHashMap<>();
    for (int i = 0; i < queries.size(); i++) {
      check(release, queries.get(i), i);
      byHead.computeIfAbsent(queries.get(i).head(), unused -> new ArrayList<>()).add(i);
    }
    return byHead;
  }

  /** Tasks are told apart by identity. */
  private static Map<AdaptedTask, List<Integer>> byTask(
      List<PredictQuery> queries, List<Integer> asked) {
    Map<AdaptedTask, List<Integer>> byTask = new LinkedHashMap<>();
    for (int i : asked) {
      AdaptedTask task = queries.get(i).task();
      if (task.ways() > 0 && !task.diverged()) {
        byTask.computeIfAbsent(task, unused -> new ArrayList<>()).add(i);
      }
    }
    return byTask;
  }

  private static void check(LoadedRelease release, SupportSet support, int position) {
    ReleaseManifest manifest = release.manifest();
    if (support.features() != release.features()) {
      throw new IllegalArgumentException(
          "Support %d has %d features, but release %s adapts %d. Check its encoder."
              .formatted(position, support.features(), release, release.features()));
    }
    if (!manifest.classifies() && support.ways() > 1) {
      throw new IllegalArgumentException(
          "Support %d has %d ways, but release %s scores: expected 1."
              .formatted(position, support.ways(), release));
    }
    SupportSet.RowKind foreign =
        manifest.classifies() ? SupportSet.RowKind.SCORED : SupportSet.RowKind.EXAMPLE;
    if (support.has(foreign)) {
      throw new IllegalArgumentException(
          "Support %d has %s rows, but release %s %s. Use the other kind of row."
              .formatted(
                  position, foreign, release, manifest.classifies() ? "classifies" : "scores"));
    }
  }

  private static void check(LoadedRelease release, AdaptedTask task, int position) {
    if (!task.release().equals(release.digest())) {
      throw new IllegalArgumentException(
          "Query %d is to a task adapted by release %s, not %s. Adapt the task again."
              .formatted(position, task.release(), release));
    }
  }

  private static void check(LoadedRelease release, PredictQuery query, int position) {
    check(release, query.task(), position);
    if (release.manifest().head(query.head()).isEmpty()) {
      throw new IllegalArgumentException(
          "Query %d names head '%s', but release %s has %s."
              .formatted(position, query.head(), release, release.manifest().heads()));
    }
    if (query.vector().length != release.features()) {
      throw new IllegalArgumentException(
          "Query %d has %d features, but release %s expects %d. Check its encoder."
              .formatted(position, query.vector().length, release, release.features()));
    }
  }

  static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  /** Lets go of the buffers. The adapter can still be used: they grow again. */
  @Override
  public void close() {
    buffers.drop();
    tops.close();
  }
}
