package dev.freshet.job.stamp;

import dev.freshet.schemas.ItemsChanged;

/**
 * A part of what one partition has said of a lineage's items, as it is kept in the job's state.
 *
 * @param label of the ledger that it is a part of
 */
record LedgerEntry(int partition, String label, ItemsChanged part) {}
