package dev.freshet.trainer.ratings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's table of ratings, and how to read it: plain or gzipped, with or without a header.
 *
 * @param delimiter between columns; empty to look at the first line for ::, a tab or a comma
 */
public record RatingsFile(
    Path file, RatingColumns columns, Optional<String> delimiter, Charset charset) {
  /** With the first four columns, in UTF-8. */
  public static RatingsFile of(Path file) {
    return new RatingsFile(
        file, RatingColumns.FIRST_FOUR, Optional.empty(), StandardCharsets.UTF_8);
  }

  /**
   * Reads all of it. Lines that are no rating are counted; a header is not.
   *
   * @throws UnusableRatingsException where there is no such file, column or rating
   */
  public RatingLog read() {
    Rows rows = new Rows();
    DelimitedLines.read(file, charset, delimiter, rows::accept);
    if (rows.ratings.isEmpty()) {
      throw new UnusableRatingsException(
          "%s holds no rating: %d lines were not of the form user, item, number, Unix seconds in columns %s. Check the columns and the delimiter."
              .formatted(file, rows.unusable, columns));
    }
    return RatingLog.of(String.valueOf(file.getFileName()), rows.ratings, rows.unusable);
  }

  private final class Rows {
    private final List<Rating> ratings = new ArrayList<>();
    private final int[] positions = new int[4];
    private long unusable;
    private boolean begun;

    void accept(List<String> row) {
      if (!begun) {
        begun = true;
        locate(row);
        if (columns.areNamed() || !isRating(row)) {
          return;
        }
      }
      if (isRating(row)) {
        ratings.add(
            new Rating(
                at(row, 0), at(row, 1), Double.parseDouble(at(row, 2)), seconds(at(row, 3))));
      } else {
        unusable++;
      }
    }

    private void locate(List<String> firstRow) {
      List<String> names = List.of(columns.user(), columns.item(), columns.value(), columns.time());
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        positions[i] =
            RatingColumns.position(name, firstRow)
                .orElseThrow(
                    () ->
                        new UnusableRatingsException(
                            "%s has no column '%s'. Its first line has: %s"
                                .formatted(file, name, String.join(", ", firstRow))));
      }
    }

    private String at(List<String> row, int which) {
      return positions[which] < row.size() ? row.get(positions[which]).strip() : "";
    }

    private boolean isRating(List<String> row) {
      try {
        return !at(row, 0).isEmpty()
            && !at(row, 1).isEmpty()
            && Double.isFinite(Double.parseDouble(at(row, 2)))
            && seconds(at(row, 3)) >= 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    /** Whole seconds; some sources write them with a point. */
    private long seconds(String text) {
      double seconds = Double.parseDouble(text);
      return Double.isFinite(seconds) ? (long) seconds : -1;
    }
  }
}
