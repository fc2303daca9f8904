package dev.freshet.adaptation.runtime;

/**
 * An item that was asked for.
 *
 * @param position in the catalogue
 * @param score finite
 */
public record RankedItem(int position, float score) {}
