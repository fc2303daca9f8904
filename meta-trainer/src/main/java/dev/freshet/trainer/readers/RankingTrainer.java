package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.CatalogueLoss;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.catalogue.LearnedCatalogue;
import dev.freshet.trainer.catalogue.NeighbourFactors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The outer loop of the learner that ranks, by which items users turned to next. All users of a
 * step ask at one moment, because a catalogue has one set of statistics at a time.
 *
 * <p>Twice: first the learner's own tensors, on one half of the users, over factors that only the
 * other half had a part in; a learner that sees factors its users have made trusts them too much.
 * Then tensors and factors together, with small steps. Users held out say where to stop.
 */
final class RankingTrainer {
  /** Items in the softmax; of larger catalogues the most rated. */
  static final int BACKGROUND_MAX = 8192;

  private static final String FACTORS = "factors";
  private static final int TASKS = 64;
  private static final int SUPPORT_MAX = 24;
  private static final int TARGETS_MAX = 40;
  private static final int HELD_OUT_BATCHES = 12;
  private static final int LOOK_EVERY = 50;
  private static final double FACTOR_SCALE = 2;
  private static final double RATE = 0.02;
  private static final double FINE_RATE = 0.001;
  private static final double DECAY = 0.02;
  private static final float OUT_OF_QUESTION = 1e4f;

  /** What an item that was rated below the mean counts for, where one above counts 1. */
  private static final float DISLIKED = 0.25f;

  private final LearnedCatalogue catalogue;
  private final IndexedRatings ratings;
  private final ItemLayout layout;
  private final UserSplit split;
  private final int steps;
  private final long seed;
  private final int[] background;
  private final int[] positionOfItem;

  RankingTrainer(LearnedCatalogue catalogue, int steps, long seed) {
    this.catalogue = catalogue;
    this.ratings = catalogue.ratings();
    this.layout = catalogue.layout();
    this.split = UserSplit.of(ratings, seed);
    this.steps = steps;
    this.seed = seed;
    int items = ratings.items().size();
    int[] counts = new int[items];
    for (int row = 0; row < ratings.rows(); row++) {
      counts[ratings.item(row)]++;
    }
    this.background =
        IntStream.range(0, items)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -counts[i]).thenComparing(i -> i))
            .limit(BACKGROUND_MAX)
            .mapToInt(Integer::intValue)
            .toArray();
    this.positionOfItem = new int[items];
    Arrays.fill(positionOfItem, -1);
    for (int j = 0; j < background.length; j++) {
      positionOfItem[background[j]] = j;
    }
  }

  /**
   * What came of it.
   *
   * <p>learner: still with the background of its last step
   *
   * <p>factors: of each item, in the order of the ratings' items
   *
   * <p>background: items of the softmax, by number
   *
   * <p>loss: on users held out, before and after
   */
  static final class Result {
    private final TrainedLearner learner;
    private final float[][] factors;
    private final int[] background;
    private final double lossBefore;
    private final double loss;

    Result(
        TrainedLearner learner,
        float[][] factors,
        int[] background,
        double lossBefore,
        double loss) {
      this.learner = learner;
      this.factors = factors;
      this.background = background;
      this.lossBefore = lossBefore;
      this.loss = loss;
    }

    TrainedLearner learner() {
      return learner;
    }

    float[][] factors() {
      return factors;
    }

    int[] background() {
      return background;
    }

    double lossBefore() {
      return lossBefore;
    }

    double loss() {
      return loss;
    }
  }

  /** One user at one moment. */
  private static final class Episode {
    private final int[] support;
    private final int[] targets;

    Episode(int[] support, int[] targets) {
      this.support = support;
      this.targets = targets;
    }

    int[] support() {
      return support;
    }

    int[] targets() {
      return targets;
    }
  }

  /** A step's users and the statistics they see. */
  private static final class Batch {
    private final float[] statistics;
    private final List<Episode> episodes;

    Batch(float[] statistics, List<Episode> episodes) {
      this.statistics = statistics;
      this.episodes = episodes;
    }

    float[] statistics() {
      return statistics;
    }

    List<Episode> episodes() {
      return episodes;
    }
  }

  Result train(String head, Progress progress) {
    CatalogueSoftmaxLearner start = new CatalogueSoftmaxLearner(layout, settings(), head);
    SortedMap<String, Tensor> own = new TreeMap<>(start.initialization());
    own.keySet().retainAll(CatalogueLoss.learned(start));
    own.remove(CatalogueSoftmaxLearner.BACKGROUND_TENSOR);
    CatalogueMoments moments = new CatalogueMoments(catalogue, background);
    List<Batch> heldOut =
        new Sampler(moments, split::isHeldOut).draw(HELD_OUT_BATCHES, new Random(seed + 1));
    try (CompiledGraph graph = CompiledGraph.of(CatalogueLoss.graph(start), Device.CPU)) {
      Stage stage = new Stage(graph, start, heldOut, "training head " + head, progress);
      Coordinates apart = coordinates(own, split::isFirstHalf);
      double before = loss(graph, start, apart, heldOut);
      stage.run(apart, new Sampler(moments, split::isSecondHalf), true, RATE);
      Coordinates together = coordinates(withoutFactors(apart), user -> !split.isHeldOut(user));
      double after =
          stage.run(
              together, new Sampler(moments, user -> !split.isHeldOut(user)), false, FINE_RATE);
      return new Result(
          new TrainedLearner(start, withoutFactors(together)),
          factors(together),
          background,
          before,
          after);
    }
  }

  private static SortedMap<String, Tensor> withoutFactors(Coordinates coordinates) {
    SortedMap<String, Tensor> tensors = coordinates.tensors();
    tensors.remove(FACTORS);
    return tensors;
  }

  /** With factors that only some users had a part in. */
  private Coordinates coordinates(SortedMap<String, Tensor> own, IntPredicate users) {
    SortedMap<String, Tensor> all = new TreeMap<>(own);
    all.put(FACTORS, neighbours(users));
    return new Coordinates(all);
  }

  /** Some steps from somewhere to the best that users held out see. */
  private final class Stage {
    private final CompiledGraph graph;
    private final CatalogueSoftmaxLearner learner;
    private final List<Batch> heldOut;
    private final String what;
    private final Progress progress;
    private int done;

    Stage(
        CompiledGraph graph,
        CatalogueSoftmaxLearner learner,
        List<Batch> heldOut,
        String what,
        Progress progress) {
      this.graph = graph;
      this.learner = learner;
      this.heldOut = heldOut;
      this.what = what;
      this.progress = progress;
    }

    /**
     * Trains.
     *
     * @param fixed whether the factors stay, and their columns are treated alike: the learner then
     *     suits any other factors of their kind
     */
    double run(Coordinates coordinates, Sampler sampler, boolean fixed, double rate) {
      Random random = new Random(seed);
      coordinates.judge(loss(graph, learner, coordinates, heldOut));
      int own = Math.max(1, steps / 2);
      for (int step = 1; step <= own; step++) {
        Batch batch = sampler.next(random);
        Map<String, Tensor> outputs = RankingTrainer.this.run(graph, learner, coordinates, batch);
        SortedMap<String, double[]> gradients = gradients(outputs, coordinates, batch);
        if (fixed) {
          gradients.remove(FACTORS);
          alike(gradients);
        }
        double now = rate * Math.min(1, 2.0 * (own - step) / own + 0.02);
        coordinates.step(gradients, now, DECAY);
        if (step % LOOK_EVERY == 0 || step == own) {
          double look = loss(graph, learner, coordinates, heldOut);
          coordinates.judge(look);
        }
        progress.at(what, ++done, 2L * own);
      }
      return coordinates.restoreBest();
    }

    private void alike(SortedMap<String, double[]> gradients) {
      double[] scale = gradients.getOrDefault("column_scale", new double[0]);
      int width = layout.rankingFactors();
      double mean = Arrays.stream(scale).limit(width).average().orElse(0);
      Arrays.fill(scale, 0, width, mean);
      Arrays.fill(gradients.getOrDefault("start", new double[0]), 0, width, 0);
    }
  }

  private Settings settings() {
    return Settings.of(
        CatalogueSoftmaxLearner.SETTINGS,
        Map.of(
            CatalogueSoftmaxLearner.BACKGROUND.name(),
            (double) background.length,
            "centre",
            catalogue.mean(),
            "spread",
            catalogue.spread()));
  }

  private Tensor neighbours(IntPredicate users) {
    int width = layout.rankingFactors();
    double[][] neighbours = NeighbourFactors.of(ratings, users, width, seed);
    float[] values = new float[neighbours.length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (FACTOR_SCALE * neighbours[i / width][i % width]);
    }
    return Tensor.of(Shape.of(neighbours.length, width), values);
  }

  private float[][] factors(Coordinates coordinates) {
    double[] all = coordinates.of(FACTORS);
    int width = layout.rankingFactors();
    float[][] factors = new float[ratings.items().size()][width];
    for (int i = 0; i < factors.length; i++) {
      for (int k = 0; k < width; k++) {
        factors[i][k] = (float) all[i * width + k];
      }
    }
    return factors;
  }

  private double loss(
      CompiledGraph graph, Learner learner, Coordinates coordinates, List<Batch> batches) {
    double sum = 0;
    int tasks = 0;
    for (Batch batch : batches) {
      Map<String, Tensor> outputs = run(graph, learner, coordinates, batch);
      for (float loss : Outputs.of(outputs, CatalogueLoss.LOSS).toArray()) {
        sum += loss;
        tasks++;
      }
    }
    return sum / Math.max(1, tasks);
  }

  private Map<String, Tensor> run(
      CompiledGraph graph, Learner learner, Coordinates coordinates, Batch batch) {
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    inputs.putAll(coordinates.tensors());
    double[] factors = coordinates.of(FACTORS);
    inputs.put(
        CatalogueSoftmaxLearner.BACKGROUND_TENSOR, backgroundRows(factors, batch.statistics()));
    List<List<EpisodeTensors.Row>> supports =
        batch.episodes().stream().map(episode -> support(episode, factors)).toList();
    inputs.putAll(EpisodeTensors.supports(supports, layout.features()));
    addTargets(inputs, batch);
    return graph.run(inputs);
  }

  private Tensor backgroundRows(double[] factors, float[] statistics) {
    int features = layout.features();
    int width = features - layout.factors();
    float[] rows = new float[background.length * features];
    for (int j = 0; j < background.length; j++) {
      copyFactors(factors, background[j], rows, j * features);
      System.arraycopy(statistics, j * width, rows, j * features + layout.factors(), width);
    }
    return Tensor.of(Shape.of(background.length, features), rows);
  }

  private void copyFactors(double[] factors, int item, float[] to, int at) {
    int width = layout.rankingFactors();
    for (int k = 0; k < width; k++) {
      to[at + layout.ratingFactors() + k] = (float) factors[item * width + k];
    }
  }

  private List<EpisodeTensors.Row> support(Episode episode, double[] factors) {
    List<EpisodeTensors.Row> rows = new ArrayList<>();
    int from = Math.max(0, episode.support().length - SUPPORT_MAX);
    for (int i = from; i < episode.support().length; i++) {
      int row = episode.support()[i];
      float[] vector = catalogue.row(row).clone();
      copyFactors(factors, ratings.item(row), vector, 0);
      rows.add(new EpisodeTensors.Row(vector, (float) ratings.value(row)));
    }
    return rows;
  }

  private void addTargets(Map<String, Tensor> inputs, Batch batch) {
    int tasks = batch.episodes().size();
    float[] target = new float[tasks * background.length];
    float[] penalty = new float[tasks * background.length];
    for (int task = 0; task < tasks; task++) {
      Episode episode = batch.episodes().get(task);
      int at = task * background.length;
      float sum = 0;
      for (int row : episode.targets()) {
        sum += weight(row);
      }
      for (int row : episode.targets()) {
        target[at + positionOfItem[ratings.item(row)]] += weight(row) / sum;
      }
      for (int row : episode.support()) {
        int position = positionOfItem[ratings.item(row)];
        if (position >= 0) {
          penalty[at + position] = OUT_OF_QUESTION;
        }
      }
    }
    Shape shape = Shape.of(tasks, background.length);
    inputs.put(CatalogueLoss.TARGET, Tensor.of(shape, target));
    inputs.put(CatalogueLoss.PENALTY, Tensor.of(shape, penalty));
  }

  private float weight(int row) {
    return ratings.value(row) >= catalogue.mean() ? 1f : DISLIKED;
  }

  /** By the learner's own tensors as they are; by factors wherever an item's row went in. */
  private SortedMap<String, double[]> gradients(
      Map<String, Tensor> outputs, Coordinates coordinates, Batch batch) {
    SortedMap<String, double[]> gradients = new TreeMap<>();
    SortedSet<String> names = new TreeSet<>(coordinates.tensors().keySet());
    names.remove(FACTORS);
    int tasks = batch.episodes().size();
    for (String name : names) {
      float[] sum = Outputs.of(outputs, CatalogueLoss.gradient(name)).toArray();
      double[] mean = new double[sum.length];
      for (int i = 0; i < sum.length; i++) {
        mean[i] = (double) sum[i] / tasks;
      }
      gradients.put(name, mean);
    }
    gradients.put(FACTORS, factorGradient(outputs, batch));
    return gradients;
  }

  private double[] factorGradient(Map<String, Tensor> outputs, Batch batch) {
    int tasks = batch.episodes().size();
    double[] gradient = new double[ratings.items().size() * layout.rankingFactors()];
    float[] ofBackground =
        Outputs.of(outputs, CatalogueLoss.gradient(CatalogueSoftmaxLearner.BACKGROUND_TENSOR))
            .toArray();
    for (int j = 0; j < background.length; j++) {
      add(gradient, background[j], ofBackground, j * layout.features(), tasks);
    }
    Tensor ofSupport = Outputs.of(outputs, CatalogueLoss.gradient(GraphContract.SUPPORT_X));
    float[] values = ofSupport.toArray();
    int width = ofSupport.shape().size(1);
    for (int task = 0; task < tasks; task++) {
      int[] support = batch.episodes().get(task).support();
      int from = Math.max(0, support.length - SUPPORT_MAX);
      for (int i = from; i < support.length; i++) {
        int at = (task * width + i - from) * layout.features();
        add(gradient, ratings.item(support[i]), values, at, tasks);
      }
    }
    return gradient;
  }

  private void add(double[] gradient, int item, float[] rows, int at, int tasks) {
    int width = layout.rankingFactors();
    for (int k = 0; k < width; k++) {
      gradient[item * width + k] += (double) rows[at + layout.ratingFactors() + k] / tasks;
    }
  }

  /** Draws moments as often as they have ratings, and of a moment's ratings any. */
  private final class Sampler {
    private final List<CatalogueMoments.Moment> moments = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<Integer> momentOfRow = new ArrayList<>();

    Sampler(CatalogueMoments all, IntPredicate users) {
      for (CatalogueMoments.Moment moment : all.all()) {
        int[] own =
            Arrays.stream(moment.rows())
                .filter(row -> users.test(ratings.user(row)))
                .filter(row -> positionOfItem[ratings.item(row)] >= 0)
                .toArray();
        for (int i = 0; i < own.length; i++) {
          momentOfRow.add(moments.size());
        }
        if (own.length > 0) {
          moments.add(moment);
          rows.add(own);
        }
      }
      if (moments.isEmpty()) {
        throw new IllegalArgumentException(
            "Too few ratings before the cut to learn an order of the catalogue from: %d."
                .formatted(ratings.rows()));
      }
    }

    List<Batch> draw(int count, Random random) {
      return IntStream.range(0, count).mapToObj(i -> next(random)).toList();
    }

    Batch next(Random random) {
      int moment = momentOfRow.get(random.nextInt(momentOfRow.size()));
      int[] own = rows.get(moment);
      List<Episode> episodes = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        episodes.add(episode(own[random.nextInt(own.length)]));
      }
      return new Batch(moments.get(moment).statistics(), episodes);
    }

    private Episode episode(int row) {
      int[] all = ratings.rowsOf(ratings.user(row));
      int position = ratings.positionOf(row);
      int[] targets =
          Arrays.stream(all, position, all.length)
              .filter(later -> positionOfItem[ratings.item(later)] >= 0)
              .limit(TARGETS_MAX)
              .toArray();
      return new Episode(Arrays.copyOf(all, position), targets);
    }
  }
}
