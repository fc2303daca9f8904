package dev.freshet.job.log;

import dev.freshet.schemas.ItemsChanged;

/**
 * A change of the item table that stands in a partition of the log, on its way to every subtask of
 * the adapting step: each gets a copy in the channel in which the partition's events come, hence at
 * the place among them that it has in the log.
 *
 * @param routingKey leads to one subtask; the key of no task
 * @param partition in which the change stands
 * @param label of the table after the change, as predictions tell it
 * @param fromScratch whether it is the whole of what the log has said, after a restart
 */
public record StampedItems(
    String routingKey, int partition, String label, boolean fromScratch, ItemsChanged change)
    implements Stamped {}
