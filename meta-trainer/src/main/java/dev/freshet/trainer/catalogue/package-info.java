/**
 * What is learned of items before any user is looked at: factors, priors by content, statistics.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.catalogue.IndexedRatings} number users and
 * items; {@link dev.freshet.trainer.catalogue.ContentPrior} says what to expect of an item that
 * nobody has rated; {@link dev.freshet.trainer.catalogue.FactorModel} learns the factors with the
 * users integrated out, and gives each training row those that its own user had no part in. Entry
 * point: {@link dev.freshet.trainer.catalogue.LearnedCatalogue}.
 *
 * <p>Plain Java in float64; random is the start of the factors alone, by seed.
 */
@NullMarked
package dev.freshet.trainer.catalogue;

import org.jspecify.annotations.NullMarked;
