package dev.freshet.job.adapt;

/**
 * An item with its score under a head.
 *
 * @param vector its row, by which the head scored it; of the catalogue's items only where the query
 *     draws from a posterior
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScoredItem(String item, double score, float[] vector) {}
