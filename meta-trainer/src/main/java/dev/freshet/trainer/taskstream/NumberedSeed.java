package dev.freshet.trainer.taskstream;

import java.util.Random;

/** A generator for each of a numbered row of things, so that one does not depend on the others. */
public final class NumberedSeed {
  private NumberedSeed() {}

  /**
   * By SplitMix64's finaliser: seeds that differ by one make generators that have nothing in
   * common.
   */
  public static Random random(long seed, int number) {
    long z = seed + number * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return new Random(z ^ (z >>> 31));
  }
}
