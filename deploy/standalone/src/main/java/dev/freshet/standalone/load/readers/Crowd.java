package dev.freshet.standalone.load.readers;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Who acts when: users with numbers of events that are log-normal, so that most have a few and some
 * have hundreds, in an order drawn by the seed. Nothing is near anything else, which is the worst
 * case for caches.
 */
final class Crowd {
  /** Of the logarithm: with a mean of five, the median is two or three and one in 100 has 40. */
  private static final double SPREAD = 1.2;

  private final int[] turns;

  Crowd(int users, double eventsPerUser, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double location = Math.log(eventsPerUser) - SPREAD * SPREAD / 2;
    int[] counts = new int[users];
    int total = 0;
    for (int user = 0; user < users; user++) {
      double drawn = Math.exp(location + SPREAD * random.nextGaussian());
      counts[user] = (int) Math.max(1, Math.round(drawn));
      total = Math.addExact(total, counts[user]);
    }
    turns = new int[total];
    int next = 0;
    for (int user = 0; user < users; user++) {
      Arrays.fill(turns, next, next + counts[user], user);
      next += counts[user];
    }
    shuffle(random);
  }

  private void shuffle(SplittableRandom random) {
    for (int i = turns.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = turns[i];
      turns[i] = turns[other];
      turns[other] = held;
    }
  }

  /** How many events there are. */
  int size() {
    return turns.length;
  }

  /** Whose the event at a place is. */
  int user(int place) {
    return turns[place];
  }
}
