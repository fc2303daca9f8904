package dev.freshet.job.adapt;

import dev.freshet.adaptation.items.Catalogue;

/**
 * The items of a release at a position of the log.
 *
 * @param label as predictions tell it
 * @param factors grows whenever the factors of an item change that supports may hold: what was
 *     adapted under another number is not current
 */
record ItemView(Catalogue catalogue, String label, long factors) {}
