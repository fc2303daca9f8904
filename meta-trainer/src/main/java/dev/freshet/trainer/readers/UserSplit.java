package dev.freshet.trainer.readers;

import dev.freshet.trainer.catalogue.IndexedRatings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Users to train on, in halves, and an eighth of all to decide when to stop. */
final class UserSplit {
  private static final int EIGHTHS = 8;

  /** Of each user, by number. */
  private final int[] place;

  private UserSplit(int[] place) {
    this.place = place;
  }

  static UserSplit of(IndexedRatings ratings, long seed) {
    List<Integer> users = new ArrayList<>(IntStream.range(0, ratings.users()).boxed().toList());
    Collections.shuffle(users, new Random(seed));
    int[] place = new int[users.size()];
    for (int i = 0; i < place.length; i++) {
      place[users.get(i)] = i;
    }
    return new UserSplit(place);
  }

  boolean isHeldOut(int user) {
    return place[user] % EIGHTHS == 0;
  }

  boolean isFirstHalf(int user) {
    return !isHeldOut(user) && place[user] % 2 == 0;
  }

  boolean isSecondHalf(int user) {
    return !isHeldOut(user) && place[user] % 2 == 1;
  }
}
