package dev.freshet.trainer.ratings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A simulation of readers, seeded: nobody in it ever lived. Users belong to segments, have a taste
 * of their own that drifts, arrive over time and leave after a long-tailed number of ratings. Items
 * have a genre, a long-tailed popularity and a quality.
 *
 * <pre>
 * P(item)  ∝ popularity_i exp(1.2 z_u(t) · q_i)      among the items that u has not rated
 * rating   = 2.6 + b_u + b_i + 0.7 z_u(t) · q_i + noise, rounded and cut to 1 … 5
 * z_u(t)   begins at the segment's mean plus an own part, and takes a small step at each rating
 * </pre>
 *
 * @param users in all
 * @param items in all
 * @param meanRatings a user, about; half of the users have far fewer
 */
public record RatingSimulation(int users, int items, int meanRatings, long seed) {
  /** About as large as MovieTweetings' smallest snapshot, with more ratings a user. */
  public static final RatingSimulation DEFAULT = new RatingSimulation(3_000, 1_200, 35, 1);

  private static final int FACTORS = 6;
  private static final int GENRES = 12;
  private static final int SEGMENTS = 5;
  private static final int RATINGS_MIN = 2;
  private static final long START_SECONDS = 1_500_000_000L;
  private static final long SPAN_SECONDS = 360L * 86_400;
  private static final long PAUSE_SECONDS = 86_400;
  private static final double DRIFT = 0.04;

  public RatingSimulation {
    if (users < 1 || items < 2 || meanRatings < 1 || meanRatings * 4 > items) {
      throw new UnusableRatingsException(
          "A simulation of %d users, %d items and %d ratings a user, expected 1 or more of each and four items for every rating a user."
              .formatted(users, items, meanRatings));
    }
  }

  /** Another seed: other users and items. */
  public RatingSimulation withSeed(long other) {
    return new RatingSimulation(users, items, meanRatings, other);
  }

  /** What they rated. */
  public RatingLog ratings() {
    List<Rating> ratings = new ArrayList<>();
    lives(ratings);
    return RatingLog.of("simulation " + seed, ratings, 0);
  }

  /** Whose taste began at the same mean: {@code segment-0} to {@code segment-4}. */
  public UserSegments segments() {
    return new UserSegments(lives(new ArrayList<>()), 0);
  }

  /** Everything is drawn from one generator, in this order. */
  private SortedMap<String, String> lives(List<Rating> ratings) {
    Random random = new Random(seed);
    World world = new World(random);
    SortedMap<String, String> segments = new TreeMap<>();
    for (int user = 0; user < users; user++) {
      String name = String.format(Locale.ROOT, "u%06d", user);
      int segment = random.nextInt(SEGMENTS);
      live(name, world.segments[segment], world, random, ratings);
      segments.put(name, "segment-" + segment);
    }
    return segments;
  }

  /** The genre of each item. */
  public ItemAttributes attributes() {
    World world = new World(new Random(seed));
    TreeMap<String, List<String>> byItem = new TreeMap<>();
    for (int item = 0; item < items; item++) {
      byItem.put(name(item), List.of("genre:" + world.genre[item]));
    }
    return new ItemAttributes(byItem, 0);
  }

  private static String name(int item) {
    return String.format(Locale.ROOT, "i%05d", item);
  }

  private final class World {
    private final double[][] genres = new double[GENRES][];
    private final double[][] segments = new double[SEGMENTS][];
    private final int[] genre = new int[items];
    private final double[][] place = new double[items][];
    private final double[] quality = new double[items];
    private final double[] popularity = new double[items];

    World(Random random) {
      for (int g = 0; g < GENRES; g++) {
        genres[g] = gaussian(random, 0.6);
      }
      for (int s = 0; s < SEGMENTS; s++) {
        segments[s] = gaussian(random, 0.5);
      }
      for (int i = 0; i < items; i++) {
        genre[i] = random.nextInt(GENRES);
        place[i] = sum(genres[genre[i]], gaussian(random, 0.4));
        quality[i] = 0.5 * random.nextGaussian();
        popularity[i] = Math.exp(1.3 * random.nextGaussian() + 0.6 * quality[i]);
      }
    }
  }

  private void live(
      String user, double[] segment, World world, Random random, List<Rating> ratings) {
    double[] taste = sum(segment, gaussian(random, 0.6));
    double mood = 0.4 * random.nextGaussian();
    double spread = 1.1;
    int wanted =
        (int)
            Math.round(
                meanRatings * Math.exp(spread * random.nextGaussian() - spread * spread / 2));
    int count = Math.max(RATINGS_MIN, Math.min(items / 3, wanted));
    double seconds = START_SECONDS + random.nextDouble() * SPAN_SECONDS;
    boolean[] rated = new boolean[items];
    for (int n = 0; n < count; n++) {
      int item = choose(world, taste, rated, random);
      rated[item] = true;
      double liking = dot(taste, world.place[item]);
      double opinion =
          2.6 + mood + world.quality[item] + 0.7 * liking + 0.7 * random.nextGaussian();
      double value = Math.max(1, Math.min(5, Math.rint(opinion)));
      ratings.add(new Rating(user, name(item), value, (long) seconds));
      seconds += -Math.log(1 - random.nextDouble()) * PAUSE_SECONDS;
      taste = sum(taste, gaussian(random, DRIFT));
    }
  }

  private static int choose(World world, double[] taste, boolean[] rated, Random random) {
    double[] upTo = new double[rated.length];
    double total = 0;
    for (int i = 0; i < rated.length; i++) {
      total += rated[i] ? 0 : world.popularity[i] * Math.exp(1.2 * dot(taste, world.place[i]));
      upTo[i] = total;
    }
    double drawn = random.nextDouble() * total;
    int item = 0;
    while (item < upTo.length - 1 && upTo[item] <= drawn) {
      item++;
    }
    return item;
  }

  private static double[] gaussian(Random random, double scale) {
    double[] values = new double[FACTORS];
    for (int k = 0; k < FACTORS; k++) {
      values[k] = scale * random.nextGaussian();
    }
    return values;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] values = a.clone();
    for (int k = 0; k < FACTORS; k++) {
      values[k] += b[k];
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < FACTORS; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
