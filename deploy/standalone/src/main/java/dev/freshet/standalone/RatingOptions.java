package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.trainer.ratings.CutTime;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.RatingColumns;
import dev.freshet.trainer.ratings.RatingLog;
import dev.freshet.trainer.ratings.RatingSimulation;
import dev.freshet.trainer.ratings.RatingsFile;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Ratings of one's own, or a simulation: where they lie, and where to cut them. */
final class RatingOptions {
  @Option(
      names = "--ratings",
      paramLabel = "FILE",
      description =
          "Ratings: user, item, number, Unix seconds; separated by ::, a tab or a comma; may be"
              + " gzipped. Every user is then a task.")
  private Optional<Path> ratings = Optional.empty();

  @Option(
      names = "--simulated",
      paramLabel = "SEED",
      description = "In place of --ratings: a simulation of users, by a seed.")
  private Optional<Long> simulated = Optional.empty();

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = "What is known of the items: id, title, genres separated by |.")
  private Optional<Path> items = Optional.empty();

  @Option(
      names = "--segments",
      description =
          "With --simulated: users are known to be of the simulation's segments. Training and"
              + " judging then begin from what a user's segment says of them, too.")
  private boolean segments;

  @Option(
      names = "--user-segments",
      paramLabel = "FILE",
      description = "The same of users of a file: lines of user and segment.")
  private Optional<Path> userSegments = Optional.empty();

  @Option(
      names = "--columns",
      paramLabel = "U,I,R,T",
      defaultValue = "1,2,3,4",
      description =
          "Columns of user, item, rating and time, by number or by name. Default: ${DEFAULT-VALUE}.")
  private String columns = "1,2,3,4";

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "Between the columns of ratings and items. Default: what the first line has.")
  private Optional<String> separator = Optional.empty();

  @Option(
      names = "--cut-time",
      paramLabel = "T",
      description =
          "Train on what came before, judge users first seen from then on: Unix seconds, a date, or"
              + " a share of the ratings such as 60%%.")
  private Optional<String> cutTime = Optional.empty();

  @Option(
      names = "--hold-back-items",
      paramLabel = "SHARE",
      defaultValue = "0%",
      description =
          "Leave out what was rated before the cut of a share of the items, such as 5%%, as if they"
              + " came out later. Default: ${DEFAULT-VALUE}.")
  private String holdBack = "0%";

  /** Ratings with their cut. */
  record Data(RatingLog log, ItemAttributes attributes, TimeSplit split, UserSegments segments) {}

  /** Whether ratings were asked for at all. */
  boolean isGiven() {
    if (ratings.isEmpty() && simulated.isEmpty() && (items.isPresent() || cutTime.isPresent())) {
      throw Input.misuse(
          "--items and --cut-time go with ratings: give them with --ratings FILE or --simulated"
              + " SEED.");
    }
    return ratings.isPresent() || simulated.isPresent();
  }

  /** A simulation's seed where no ratings are wanted, and so none may be given. */
  Optional<Long> seedAlone() {
    if (ratings.isPresent() || items.isPresent() || cutTime.isPresent()) {
      throw Input.misuse(
          "--ratings, --items and --cut-time mean nothing to --off-policy: give --log FILE or"
              + " --simulated SEED alone.");
    }
    return simulated;
  }

  boolean isSimulation() {
    return simulated.isPresent();
  }

  /** Reads them all. */
  Data read(Charset charset) {
    return read(charset, Optional.empty());
  }

  /** The same, cut at a moment unless --cut-time says another. */
  Data readCutAt(String cut) {
    return read(StandardCharsets.UTF_8, Optional.of(cut));
  }

  private Data read(Charset charset, Optional<String> cutElse) {
    if (ratings.isPresent() && simulated.isPresent()) {
      throw Input.misuse("--ratings and --simulated are two sources: give one.");
    }
    if (segments && simulated.isEmpty()) {
      throw Input.misuse(
          "--segments are a simulation's: give --simulated SEED, or --user-segments FILE.");
    }
    if (userSegments.isPresent() && simulated.isPresent()) {
      throw Input.misuse("--user-segments go with --ratings; a simulation has --segments.");
    }
    String cut =
        cutTime
            .or(() -> cutElse)
            .orElseThrow(
                () -> Input.misuse("--ratings needs --cut-time T, such as 60% or 2013-06-01."));
    return Input.checked(() -> read(charset, CutTime.parse(cut)));
  }

  Data read() {
    return read(StandardCharsets.UTF_8);
  }

  private Data read(Charset charset, CutTime cut) {
    Optional<String> between = separator.map(RatingOptions::unescaped);
    RatingLog log;
    ItemAttributes attributes;
    UserSegments known;
    if (simulated.isPresent()) {
      RatingSimulation simulation = RatingSimulation.DEFAULT.withSeed(simulated.get());
      log = simulation.ratings();
      attributes = simulation.attributes();
      known = segments ? simulation.segments() : UserSegments.NONE;
    } else {
      RatingColumns which = RatingColumns.parse(columns);
      log = new RatingsFile(ratings.orElseThrow(), which, between, charset).read();
      attributes =
          items
              .map(file -> ItemAttributes.read(file, charset, between))
              .orElse(ItemAttributes.NONE);
      known =
          userSegments
              .map(file -> UserSegments.read(file, charset, between))
              .orElse(UserSegments.NONE);
    }
    return new Data(log, attributes, TimeSplit.of(log, cut).holdingBack(share(holdBack)), known);
  }

  private static double share(String text) {
    try {
      return Double.parseDouble(text.strip().replaceFirst("%$", "")) / 100;
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          Exit.USAGE, "--hold-back-items is '" + text + "', expected a share such as 5%.", e);
    }
  }

  private static String unescaped(String text) {
    return text.equals("\\t") || text.equals("tab") ? "\t" : text;
  }
}
