package dev.freshet.trainer.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * The same corpus with these categories alone, such as one side of an official split.
   *
   * @throws UnusableCorpusException if it lacks one of them
   */
  public Corpus only(Set<String> ids) {
    List<Category> kept = categories.stream().filter(c -> ids.contains(c.id())).toList();
    if (kept.size() < ids.size()) {
      Set<String> unknown = new TreeSet<>(ids);
      kept.forEach(category -> unknown.remove(category.id()));
      throw new UnusableCorpusException(
          "Corpus '" + name + "' has no category " + String.join(", ", unknown) + ".");
    }
    return new Corpus(name, kept, skipped);
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
