/**
 * Who rated what, when: the data of a lineage whose tasks are users.
 *
 * <p>Concepts, in order: a {@link dev.freshet.trainer.ratings.Rating} is an event; a {@link
 * dev.freshet.trainer.ratings.RatingLog} is all of them in the order of time; {@link
 * dev.freshet.trainer.ratings.ItemAttributes} say what is known of an item's content; a {@link
 * dev.freshet.trainer.ratings.CutTime} and a {@link dev.freshet.trainer.ratings.TimeSplit} keep
 * what came later from training. Entry points: {@link dev.freshet.trainer.ratings.RatingsFile} for
 * somebody's own data, {@link dev.freshet.trainer.ratings.RatingSimulation} for made-up users.
 */
@NullMarked
package dev.freshet.trainer.ratings;

import org.jspecify.annotations.NullMarked;
