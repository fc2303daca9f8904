package dev.freshet.trainer.ratings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** The moment that divides what is trained on from what is judged. */
public sealed interface CutTime {
  /** A moment. */
  record At(long seconds) implements CutTime {}

  /** The time of the rating that has this share of all ratings before it. */
  record Share(double share) implements CutTime {
    public Share {
      if (!(share > 0 && share < 1)) {
        throw new UnusableRatingsException(
            "A cut after %s %% of the ratings leaves nothing on one side, expected above 0 and below 100."
                .formatted(100 * share));
      }
    }
  }

  /** Digits only. */
  Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  /** From Unix seconds, such as 1370000000; a date or time, such as 2013-06-01; or 60%. */
  static CutTime parse(String text) {
    String stripped = text.strip();
    try {
      if (stripped.endsWith("%")) {
        return new Share(Double.parseDouble(stripped.substring(0, stripped.length() - 1)) / 100);
      }
      if (SECONDS.matcher(stripped).matches()) {
        return new At(Long.parseLong(stripped));
      }
      return new At(
          stripped.contains("T")
              ? Instant.parse(stripped).getEpochSecond()
              : LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    } catch (DateTimeException | NumberFormatException e) {
      throw new UnusableRatingsException(
          "The cut time is '%s', expected Unix seconds, a date such as 2013-06-01, a time such as 2013-06-01T12:00:00Z, or a share such as 60%%."
              .formatted(text),
          e);
    }
  }

  /** As Unix seconds; a rating of that very second is already after it. */
  default long seconds(RatingLog log) {
    if (this instanceof At at) {
      return at.seconds();
    }
    double share = ((Share) this).share();
    return log.ratings().get((int) (share * log.ratings().size())).seconds();
  }
}
