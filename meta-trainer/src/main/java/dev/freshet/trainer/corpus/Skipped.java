package dev.freshet.trainer.corpus;

/**
 * What was left out of a corpus, and why. Every text of the source is in the corpus or in exactly
 * one of the counts of texts.
 *
 * @param unreadableRows rows without a text, without a usable label, or cut short
 * @param repeatedTexts copies of a text under one label, after the first
 * @param ambiguousTexts rows whose text stands under several labels, all of them
 * @param smallCategories categories with fewer texts than asked for
 * @param textsOfSmallCategories the texts they had
 */
public record Skipped(
    long unreadableRows,
    long repeatedTexts,
    long ambiguousTexts,
    long smallCategories,
    long textsOfSmallCategories) {
  public static final Skipped NOTHING = new Skipped(0, 0, 0, 0, 0);

  public long texts() {
    return unreadableRows + repeatedTexts + ambiguousTexts + textsOfSmallCategories;
  }
}
