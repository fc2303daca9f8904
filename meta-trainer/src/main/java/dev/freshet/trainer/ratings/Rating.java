package dev.freshet.trainer.ratings;

/**
 * A user's number for an item.
 *
 * @param value finite, in the unit of its source
 * @param seconds Unix time
 */
public record Rating(String user, String item, double value, long seconds) {
  public Rating {
    if (user.isBlank() || item.isBlank() || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "A rating of user '%s' for item '%s' is %s, expected names and a finite number."
              .formatted(user, item, value));
    }
  }
}
