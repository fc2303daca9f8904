/**
 * The item side on the stream: what events and adapted tasks say of items ({@link
 * dev.freshet.job.items.ItemNews}), gathered by one step ({@link
 * dev.freshet.job.items.ItemDeskOperator}) and written back into every partition of the log as
 * versions of the item table ({@link dev.freshet.job.items.ItemLedger} folds them again).
 */
@NullMarked
package dev.freshet.job.items;

import org.jspecify.annotations.NullMarked;
