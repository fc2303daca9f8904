package dev.freshet.trainer.taskstream;

import dev.freshet.trainer.corpus.Category;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The texts of one label in one task, dealt so that what is asked about was never an example. A
 * text that was retracted may come back as an example, later, but is never asked about.
 */
final class LabelTexts {
  private final Category category;
  private final Deque<String> exampleTexts;
  private final List<String> queryTexts;
  private int nextQuery;

  LabelTexts(Category category, int shotsMax, Random random) {
    this.category = category;
    List<String> shuffled = new ArrayList<>(category.texts());
    Collections.shuffle(shuffled, random);
    this.exampleTexts = new ArrayDeque<>(shuffled.subList(0, shotsMax));
    this.queryTexts = new ArrayList<>(shuffled.subList(shotsMax, shuffled.size()));
  }

  Category category() {
    return category;
  }

  boolean hasExampleLeft() {
    return !exampleTexts.isEmpty();
  }

  String nextExample() {
    return exampleTexts.removeFirst();
  }

  void takeBack(String exampleText) {
    exampleTexts.addLast(exampleText);
  }

  /** No text again before all were asked about once. */
  String nextQuery(Random random) {
    if (nextQuery == queryTexts.size()) {
      Collections.shuffle(queryTexts, random);
      nextQuery = 0;
    }
    return queryTexts.get(nextQuery++);
  }
}
