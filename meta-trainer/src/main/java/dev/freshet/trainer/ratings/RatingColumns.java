package dev.freshet.trainer.ratings;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which columns of a table hold what: numbers from 1 on, or names of its header row.
 *
 * @param user such as 1 or userId
 */
public record RatingColumns(String user, String item, String value, String time) {
  /** As MovieLens and MovieTweetings have them, with or without a header. */
  public static final RatingColumns FIRST_FOUR = new RatingColumns("1", "2", "3", "4");

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

  /** From such as {@code user,item,stars,when} or {@code 1,2,3,4}. */
  public static RatingColumns parse(String text) {
    List<String> parts = List.of(text.split(",", -1));
    if (parts.size() != 4 || parts.stream().anyMatch(String::isBlank)) {
      throw new UnusableRatingsException(
          "Columns are '%s', expected four, of user, item, rating and time, such as 1,2,3,4 or userId,movieId,rating,timestamp."
              .formatted(text));
    }
    return new RatingColumns(
        parts.get(0).strip(), parts.get(1).strip(), parts.get(2).strip(), parts.get(3).strip());
  }

  /** Whether a header row is needed to find them. */
  boolean areNamed() {
    return !List.of(user, item, value, time).stream().allMatch(c -> NUMBER.matcher(c).matches());
  }

  /** Position from 0 on, if there is such a column. */
  static OptionalInt position(String column, List<String> firstRow) {
    if (NUMBER.matcher(column).matches()) {
      return OptionalInt.of(Integer.parseInt(column) - 1);
    }
    for (int i = 0; i < firstRow.size(); i++) {
      if (firstRow
          .get(i)
          .strip()
          .toLowerCase(Locale.ROOT)
          .equals(column.toLowerCase(Locale.ROOT))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
