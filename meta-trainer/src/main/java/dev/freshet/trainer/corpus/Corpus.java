package dev.freshet.trainer.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Categories that share no text.
 *
 * @param name what to call it in reports
 * @param skipped what its source held beside
 */
public record Corpus(String name, List<Category> categories, Skipped skipped) {
  public Corpus {
    categories = List.copyOf(categories);
    Set<String> ids = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Category category : categories) {
      if (!ids.add(category.id())) {
        throw new IllegalArgumentException(
            "Corpus '" + name + "' has two categories with the id '" + category.id() + "'.");
      }
      requireNew(texts, category, name);
    }
  }

  public long texts() {
    return categories.stream().mapToLong(category -> category.texts().size()).sum();
  }

  /** The categories from which tasks with this many texts a label can be made. */
  public List<Category> categoriesWithTexts(int textsMin) {
    return categories.stream().filter(category -> category.texts().size() >= textsMin).toList();
  }

  private static void requireNew(Set<String> texts, Category category, String corpus) {
    for (String text : category.texts()) {
      if (!texts.add(text)) {
        throw new IllegalArgumentException(
            "Corpus '"
                + corpus
                + "' holds a text twice, the second time in category '"
                + category.id()
                + "': "
                + text);
      }
    }
  }
}
