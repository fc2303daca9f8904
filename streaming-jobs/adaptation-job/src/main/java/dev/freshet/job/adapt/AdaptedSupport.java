package dev.freshet.job.adapt;

import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.job.support.Support;
import dev.freshet.schemas.Prediction.LabelCount;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One support of one task under one release, and what adapting made of it: all that a query needs.
 *
 * <p>Born with its support and asked for variants; once adapted, only the parameters stay.
 */
final class AdaptedSupport {
  /** What is adapted from a support. */
  enum Variant {
    /** The release on the whole support. */
    ADAPTED,
    /** The release on the names of the labels alone. */
    UNADAPTED,
    /** The nearest-mean yardstick on the whole support. */
    PROTOTYPE
  }

  private static final int OVERHEAD_BYTES = 256;
  private static final int LABEL_OVERHEAD_BYTES = 64;

  private final long version;
  private final long factors;
  private final Set<String> seen;
  private final LoadedRelease release;
  private final List<LabelCount> labels;
  private final String digest;
  private final int examples;
  private final int rows;
  private final Map<Variant, AdaptedTask> adapted = new EnumMap<>(Variant.class);
  private final Set<Variant> claimed = EnumSet.noneOf(Variant.class);
  private @Nullable SupportSet set;

  /**
   * @param factors of the items that the support was read with
   */
  AdaptedSupport(long version, long factors, LoadedRelease release, Support support) {
    this.version = version;
    this.factors = factors;
    this.seen = support.items();
    this.release = release;
    this.labels = support.labels();
    this.digest = support.set().digest();
    this.examples = support.set().examples();
    this.rows = support.set().rows();
    this.set = support.set();
  }

  /** Whether it still answers for this version of the task's support under this release. */
  boolean answers(long currentVersion, long currentFactors, LoadedRelease current) {
    return version == currentVersion && factors == currentFactors && release == current;
  }

  /**
   * Takes on a variant that nobody has adapted yet.
   *
   * @return whether the caller is to adapt it
   */
  boolean claim(Variant variant) {
    return !has(variant) && claimed.add(variant);
  }

  boolean has(Variant variant) {
    return adapted.containsKey(variant);
  }

  /** Whether it can still be adapted in a way not asked for before. */
  boolean hasSupport() {
    return set != null;
  }

  SupportSet supportFor(Variant variant) {
    SupportSet whole = Objects.requireNonNull(set, "the support was dropped after adapting");
    return variant == Variant.UNADAPTED ? whole.namesOnly() : whole;
  }

  void put(Variant variant, AdaptedTask task) {
    adapted.put(variant, task);
  }

  AdaptedTask get(Variant variant) {
    return Objects.requireNonNull(adapted.get(variant), "not adapted: " + variant);
  }

  /** Adapted parameters are the cache; the examples stay in the task's state. */
  void dropSupport() {
    set = null;
  }

  LoadedRelease release() {
    return release;
  }

  List<LabelCount> labels() {
    return labels;
  }

  String digest() {
    return digest;
  }

  /** Items of the task's examples. */
  Set<String> seen() {
    return seen;
  }

  int examples() {
    return examples;
  }

  int rows() {
    return rows;
  }

  long bytes() {
    long bytes = OVERHEAD_BYTES;
    for (LabelCount label : labels) {
      bytes += LABEL_OVERHEAD_BYTES + 2L * label.label().length();
    }
    for (String item : seen) {
      bytes += LABEL_OVERHEAD_BYTES + 2L * item.length();
    }
    for (AdaptedTask task : adapted.values()) {
      bytes += task.bytes();
    }
    return bytes;
  }
}
