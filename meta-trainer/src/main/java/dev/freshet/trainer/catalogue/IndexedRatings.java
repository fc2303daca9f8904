package dev.freshet.trainer.catalogue;

import dev.freshet.trainer.ratings.Rating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Ratings in the order of time, users and items by number: rows of a sparse matrix. */
public final class IndexedRatings {
  private final List<Rating> ratings;
  private final List<String> items;
  private final int[] itemOf;
  private final int[] userOf;
  private final List<int[]> rowsOfUser;

  private IndexedRatings(
      List<Rating> ratings,
      List<String> items,
      int[] itemOf,
      int[] userOf,
      List<int[]> rowsOfUser) {
    this.ratings = ratings;
    this.items = items;
    this.itemOf = itemOf;
    this.userOf = userOf;
    this.rowsOfUser = rowsOfUser;
  }

  /** Items in alphabetical order, users in the order of their first rating. */
  public static IndexedRatings of(List<Rating> ratings) {
    List<String> items = List.copyOf(new TreeSet<>(ratings.stream().map(Rating::item).toList()));
    Map<String, Integer> itemIndex = new HashMap<>();
    items.forEach(item -> itemIndex.put(item, itemIndex.size()));
    Map<String, Integer> userIndex = new HashMap<>();
    List<List<Integer>> rows = new ArrayList<>();
    int[] itemOf = new int[ratings.size()];
    int[] userOf = new int[ratings.size()];
    for (int row = 0; row < ratings.size(); row++) {
      Rating rating = ratings.get(row);
      itemOf[row] = itemIndex.getOrDefault(rating.item(), 0);
      Integer user = userIndex.get(rating.user());
      if (user == null) {
        user = userIndex.size();
        userIndex.put(rating.user(), user);
        rows.add(new ArrayList<>());
      }
      userOf[row] = user;
      rows.get(user).add(row);
    }
    List<int[]> rowsOfUser =
        rows.stream().map(list -> list.stream().mapToInt(Integer::intValue).toArray()).toList();
    return new IndexedRatings(List.copyOf(ratings), items, itemOf, userOf, rowsOfUser);
  }

  /** In the order of time. */
  public List<Rating> ratings() {
    return ratings;
  }

  public int rows() {
    return itemOf.length;
  }

  /** Ids, in alphabetical order. */
  public List<String> items() {
    return items;
  }

  public int users() {
    return rowsOfUser.size();
  }

  public int item(int row) {
    return itemOf[row];
  }

  public int user(int row) {
    return userOf[row];
  }

  public double value(int row) {
    return ratings.get(row).value();
  }

  /** Rows of a user, in the order of time. */
  public int[] rowsOf(int user) {
    return rowsOfUser.get(user).clone();
  }

  /** Rows of a user before a row of theirs. */
  public int positionOf(int row) {
    int[] rows = rowsOfUser.get(userOf[row]);
    int position = Arrays.binarySearch(rows, row);
    return Math.max(position, 0);
  }
}
