package dev.freshet.trainer.corpus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Refuses a judgement on what was trained on. Classes are compared by id, texts by their words: a
 * text that differs in nothing but capitals and spaces is the same text.
 */
public final class LeakCheck {
  private static final int TEXT_CHARACTERS_SHOWN = 80;

  private LeakCheck() {}

  /**
   * Checks that no category and no text of one is in the other.
   *
   * @throws LeakException which says what was found first, and where
   */
  public static void requireDisjoint(Corpus training, Corpus test) {
    Set<String> ids = new HashSet<>();
    Map<String, String> categoryOfText = new HashMap<>();
    for (Category category : training.categories()) {
      ids.add(words(category.id()));
      category.texts().forEach(text -> categoryOfText.put(words(text), category.id()));
    }
    for (Category category : test.categories()) {
      if (ids.contains(words(category.id()))) {
        throw new LeakException(
            "Category '%s' of %s is on both sides of the split: %s was trained on. Leave it out of one."
                .formatted(category.id(), named(test), named(training)));
      }
      category.texts().forEach(text -> requireNew(text, category, categoryOfText, training, test));
    }
  }

  private static void requireNew(
      String text,
      Category category,
      Map<String, String> categoryOfText,
      Corpus training,
      Corpus test) {
    String trained = categoryOfText.get(words(text));
    if (trained != null) {
      throw new LeakException(
          "A text of category '%s' of %s is on both sides of the split: it was trained on in category '%s' of %s. Leave it out of one: %s"
              .formatted(category.id(), named(test), trained, named(training), shown(text)));
    }
  }

  private static String named(Corpus corpus) {
    return "corpus '" + corpus.name() + "'";
  }

  private static String shown(String text) {
    return text.length() <= TEXT_CHARACTERS_SHOWN
        ? text
        : text.substring(0, TEXT_CHARACTERS_SHOWN) + "…";
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
