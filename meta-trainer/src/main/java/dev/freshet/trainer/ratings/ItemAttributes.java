package dev.freshet.trainer.ratings;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of items before anybody rates them: genres, and the decade of a year in brackets at
 * the end of the title, such as {@code Jaws (1975)}.
 *
 * @param byItem attributes such as {@code genre:Drama} and {@code decade:1970}
 * @param unusable lines without an item
 */
public record ItemAttributes(SortedMap<String, List<String>> byItem, long unusable) {
  /** Nothing is known of any item. */
  public static final ItemAttributes NONE = new ItemAttributes(new TreeMap<>(), 0);

  private static final Pattern YEAR = Pattern.compile("\\(([12][0-9]{3})\\)\\s*$");
  private static final int TITLE = 1;
  private static final int GENRES = 2;

  public ItemAttributes {
    byItem = new TreeMap<>(byItem);
  }

  /**
   * Reads a table of id, title, genres separated by |, as MovieLens and MovieTweetings have it. A
   * header line describes an item that nobody rates, and does no harm.
   */
  public static ItemAttributes read(Path file, Charset charset, Optional<String> delimiter) {
    SortedMap<String, List<String>> byItem = new TreeMap<>();
    long[] unusable = {0};
    DelimitedLines.read(
        file,
        charset,
        delimiter,
        row -> {
          if (row.isEmpty() || row.get(0).isBlank()) {
            unusable[0]++;
          } else {
            byItem.put(row.get(0).strip(), attributes(row));
          }
        });
    return new ItemAttributes(byItem, unusable[0]);
  }

  private static List<String> attributes(List<String> row) {
    List<String> attributes = new ArrayList<>();
    if (row.size() > TITLE) {
      Matcher year = YEAR.matcher(row.get(TITLE));
      if (year.find()) {
        attributes.add("decade:" + Integer.parseInt(year.group(1)) / 10 * 10);
      }
    }
    if (row.size() > GENRES) {
      for (String genre : row.get(GENRES).split("\\|", -1)) {
        if (!genre.isBlank()) {
          attributes.add("genre:" + genre.strip());
        }
      }
    }
    return List.copyOf(attributes);
  }

  /** Of an item; none where nothing is known. */
  public List<String> of(String item) {
    return byItem.getOrDefault(item, List.of());
  }

  /** Of every item that something is known of. */
  public Map<String, List<String>> asMap() {
    return byItem;
  }
}
