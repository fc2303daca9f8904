/**
 * The item side of a lineage whose examples name items: what a release knows of each item, and how
 * that becomes the row that a learner sees.
 *
 * <p>Concepts, in order: an {@link dev.freshet.adaptation.items.ItemLayout} says which columns a
 * row has; an {@link dev.freshet.adaptation.items.ItemTable} is a file of a release: what was
 * learned of each item, and of each attribute for the items that are yet to come; a {@link
 * dev.freshet.adaptation.items.Catalogue} is the table with what a stream has said of its items
 * since, version by version, each {@link dev.freshet.adaptation.items.ItemChange} absolute; an
 * {@link dev.freshet.adaptation.items.ItemMoment} is what an example keeps of its item's
 * statistics. {@link dev.freshet.adaptation.items.ItemStatistics} do the same event by event, for
 * training and evaluation. Entry point: {@link dev.freshet.adaptation.items.Catalogue#row}.
 *
 * <p>Nothing here knows a graph, a file system or a clock: time comes with the events.
 */
@NullMarked
package dev.freshet.adaptation.items;

import org.jspecify.annotations.NullMarked;
