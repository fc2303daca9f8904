/**
 * Training where every user is a task: from ratings to a release that answers with a number and
 * with an order of the catalogue.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.readers.ReaderSettings} say what is learned and
 * for how long; a {@link dev.freshet.trainer.readers.ScoringTrainer} learns a head for numbers by
 * absolute error, a {@link dev.freshet.trainer.readers.RankingTrainer} a head for the catalogue,
 * and the items' factors with it, by a softmax; both on episodes whose support comes before their
 * queries in time, of as many ratings as users have. Entry point: {@link
 * dev.freshet.trainer.readers.ReaderTraining}.
 *
 * <p>A pure function of ratings, settings and seed, on one kind of processor.
 */
@NullMarked
package dev.freshet.trainer.readers;

import org.jspecify.annotations.NullMarked;
