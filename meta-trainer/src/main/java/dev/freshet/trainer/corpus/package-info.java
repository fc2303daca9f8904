/**
 * Named categories of texts to make tasks from.
 *
 * <p>Concepts, in order: a {@link dev.freshet.trainer.corpus.Category} is a label with its texts; a
 * {@link dev.freshet.trainer.corpus.Corpus} is categories that share no text, together with a count
 * of what was left out to make that true; a {@link dev.freshet.trainer.corpus.CategorySplit} keeps
 * the categories to train on from those to show. Entry points: {@link
 * dev.freshet.trainer.corpus.WordNetCorpus} and {@link dev.freshet.trainer.corpus.CsvCorpus}.
 *
 * <p>Order and content are the same in every run; neither the dictionary's nor the CSV reader's
 * types leave this package.
 */
@NullMarked
package dev.freshet.trainer.corpus;

import org.jspecify.annotations.NullMarked;
