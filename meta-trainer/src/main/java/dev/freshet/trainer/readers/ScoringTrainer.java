package dev.freshet.trainer.readers;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.AbsoluteLoss;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.catalogue.LearnedCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The outer loop of a learner that answers with numbers: Adam on the absolute error. */
final class ScoringTrainer {
  private static final int TASKS = 128;
  private static final int SUPPORT_MAX = 24;
  private static final int EXAMPLES_MAX = 20;
  private static final int QUERIES_MAX = 12;
  private static final double WITHOUT_EXAMPLE = 0.2;
  private static final int EPISODES_PER_HELD_OUT_USER = 4;
  private static final int LOOK_EVERY = 100;
  private static final double RATE = 3e-3;
  private static final double DECAY = 1e-3;

  private final LearnedCatalogue catalogue;
  private final IndexedRatings ratings;
  private final SegmentRows segments;
  private final UserSplit split;
  private final int steps;
  private final long seed;

  ScoringTrainer(LearnedCatalogue catalogue, SegmentRows segments, int steps, long seed) {
    this.catalogue = catalogue;
    this.segments = segments;
    this.ratings = catalogue.ratings();
    this.split = UserSplit.of(ratings, seed);
    this.steps = steps;
    this.seed = seed;
  }

  /** An episode: ratings of a user, and some of those that came next. */
  private record Episode(List<EpisodeTensors.Row> support, List<EpisodeTensors.Row> queries) {}

  /**
   * What came of it.
   *
   * @param error mean absolute error on users held out, before and after
   */
  record Result(Learner learner, double errorBefore, double error) {}

  Result train(Learner start, Progress progress) {
    SortedSet<String> learned = AbsoluteLoss.learned(start);
    SortedMap<String, Tensor> own = new TreeMap<>(start.initialization());
    own.keySet().retainAll(learned);
    Coordinates coordinates = new Coordinates(own);
    List<Integer> users = usersWithQueries(false);
    List<Episode> heldOut = heldOutEpisodes();
    Random random = new Random(seed);
    try (CompiledGraph graph = CompiledGraph.of(AbsoluteLoss.graph(start), Device.CPU)) {
      double before = loss(graph, start, coordinates, heldOut);
      coordinates.judge(before);
      for (int step = 1; step <= steps; step++) {
        List<Episode> batch = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
          batch.add(episode(users.get(random.nextInt(users.size())), random));
        }
        Map<String, Tensor> outputs = run(graph, start, coordinates, batch);
        coordinates.step(gradients(outputs, learned), rate(step), DECAY);
        if (step % LOOK_EVERY == 0 || step == steps) {
          coordinates.judge(loss(graph, start, coordinates, heldOut));
        }
        progress.at("training head " + start.defaultHeads().get(0), step, steps);
      }
      double after = coordinates.restoreBest();
      return new Result(new TrainedLearner(start, coordinates.tensors()), before, after);
    }
  }

  /** Constant for half of the steps, then down to nothing. */
  private double rate(int step) {
    return RATE * Math.min(1, 2.0 * (steps - step) / steps + 0.02);
  }

  private static SortedMap<String, double[]> gradients(
      Map<String, Tensor> outputs, SortedSet<String> learned) {
    SortedMap<String, double[]> gradients = new TreeMap<>();
    for (String name : learned) {
      gradients.put(name, Outputs.mean(outputs, AbsoluteLoss.gradient(name), TASKS));
    }
    return gradients;
  }

  private double loss(
      CompiledGraph graph, Learner learner, Coordinates coordinates, List<Episode> episodes) {
    double sum = 0;
    for (int from = 0; from < episodes.size(); from += TASKS) {
      List<Episode> part = episodes.subList(from, Math.min(episodes.size(), from + TASKS));
      Tensor losses = Outputs.of(run(graph, learner, coordinates, part), AbsoluteLoss.LOSS);
      for (float loss : losses.toArray()) {
        sum += loss;
      }
    }
    return sum / episodes.size();
  }

  private Map<String, Tensor> run(
      CompiledGraph graph, Learner learner, Coordinates coordinates, List<Episode> episodes) {
    int features = catalogue.layout().features();
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    inputs.putAll(coordinates.tensors());
    inputs.putAll(
        EpisodeTensors.supports(episodes.stream().map(Episode::support).toList(), features));
    List<List<EpisodeTensors.Row>> queries = episodes.stream().map(Episode::queries).toList();
    inputs.put("query_x", EpisodeTensors.vectors(queries, QUERIES_MAX, features));
    inputs.put(AbsoluteLoss.QUERY_Y, EpisodeTensors.values(queries, QUERIES_MAX));
    float[] weights = new float[episodes.size() * QUERIES_MAX];
    for (int task = 0; task < queries.size(); task++) {
      for (int q = 0; q < queries.get(task).size(); q++) {
        weights[task * QUERIES_MAX + q] = 1f / queries.get(task).size();
      }
    }
    inputs.put(
        AbsoluteLoss.QUERY_WEIGHT, Tensor.of(Shape.of(episodes.size(), QUERIES_MAX), weights));
    return graph.run(inputs);
  }

  private List<Integer> usersWithQueries(boolean heldOut) {
    List<Integer> users = new ArrayList<>();
    for (int user = 0; user < ratings.users(); user++) {
      if (split.isHeldOut(user) == heldOut && ratings.rowsOf(user).length >= 2) {
        users.add(user);
      }
    }
    if (users.isEmpty()) {
      throw new IllegalArgumentException(
          "Among %d users before the cut, too few rated two items. Cut later, or bring more."
              .formatted(ratings.users()));
    }
    return users;
  }

  private List<Episode> heldOutEpisodes() {
    Random random = new Random(seed + 1);
    List<Episode> episodes = new ArrayList<>();
    for (int user : usersWithQueries(true)) {
      for (int i = 0; i < EPISODES_PER_HELD_OUT_USER; i++) {
        episodes.add(episode(user, random));
      }
    }
    return episodes;
  }

  /** Users as they are: a support is as long as somebody's history, mostly short. */
  private Episode episode(int user, Random random) {
    int[] rows = ratings.rowsOf(user);
    int last = Math.min(rows.length - 1, EXAMPLES_MAX);
    int examples = random.nextDouble() < WITHOUT_EXAMPLE ? 0 : random.nextInt(last + 1);
    List<EpisodeTensors.Row> support = new ArrayList<>();
    for (SegmentRows.Row row : segments.draw(user, examples, random)) {
      support.add(new EpisodeTensors.Row(catalogue.row(row.row()), row.value()));
    }
    support.addAll(rows(rows, Math.max(0, examples - SUPPORT_MAX), examples));
    return new Episode(
        support, rows(rows, examples, Math.min(rows.length, examples + QUERIES_MAX)));
  }

  private List<EpisodeTensors.Row> rows(int[] rows, int from, int to) {
    List<EpisodeTensors.Row> result = new ArrayList<>();
    for (int i = from; i < to; i++) {
      result.add(new EpisodeTensors.Row(catalogue.row(rows[i]), (float) ratings.value(rows[i])));
    }
    return result;
  }
}
