package dev.freshet.job.adapt;

/**
 * An item with its score under a head.
 *
 * @param vector its row, by which the head scored it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScoredItem(String item, double score, float[] vector) {}
