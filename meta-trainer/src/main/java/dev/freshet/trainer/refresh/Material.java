package dev.freshet.trainer.refresh;

import dev.freshet.trainer.corpus.Corpus;

/**
 * What past tasks teach: classes, each with its name and the texts known to be of it. A vector that
 * came without a text has a text in its place, by which the store knows it.
 *
 * @param classes those with enough texts
 * @param tasks that gave a row
 * @param tooSmall classes with fewer texts than are needed
 * @param unnamedRows rows of labels that nobody named: served without a name, they are not what is
 *     trained on
 * @param ambiguousTexts that stand under two names, and teach nothing
 * @param recurrence share of all labels of tasks, 0 to 1, whose class is also in another task
 */
public record Material(
    Corpus classes,
    int tasks,
    int tooSmall,
    long unnamedRows,
    long ambiguousTexts,
    double recurrence) {}
