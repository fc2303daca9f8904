package dev.freshet.adaptation.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The support of one task, at one position of its history: label names first, then examples, each
 * in the order of the log.
 *
 * <p>Immutable, as long as nobody writes into the vectors: rows are referenced, not copied.
 */
public final class SupportSet {
  /** What a row says about its vector. */
  enum RowKind {
    EXAMPLE(0),
    NAME(1),
    SCORED(2),
    PRIOR(3);

    /** What the digest sees; never to change. */
    private final int code;

    RowKind(int code) {
      this.code = code;
    }

    boolean isExample() {
      return this == EXAMPLE || this == SCORED;
    }

    /** Whether its target is a number. */
    boolean isNumber() {
      return this == SCORED || this == PRIOR;
    }
  }

  /** A vector with its way (or, for scoring tasks, its number). */
  static final class Row {
    final RowKind kind;
    final int way;
    final float value;
    final SupportVector vector;

    Row(RowKind kind, int way, float value, SupportVector vector) {
      this.kind = kind;
      this.way = way;
      this.value = value;
      this.vector = vector;
    }
  }

  private final int features;
  private final int ways;
  private final List<Row> rows;
  private final int examples;
  private volatile @Nullable String digest;

  private SupportSet(int features, int ways, List<Row> rows) {
    this.features = features;
    this.ways = ways;
    this.rows = List.copyOf(rows);
    this.examples = (int) rows.stream().filter(row -> row.kind.isExample()).count();
  }

  /**
   * Begins the support of one task.
   *
   * @param features length of every vector
   * @param ways number of labels; 1 for a scoring task
   */
  public static Builder builder(int features, int ways) {
    return new Builder(features, ways);
  }

  public int features() {
    return features;
  }

  public int ways() {
    return ways;
  }

  /** Names, rows of a prior and examples together. */
  public int rows() {
    return rows.size();
  }

  public int examples() {
    return examples;
  }

  /** The same labels, no example and no prior: what the release knows from the names alone. */
  public SupportSet namesOnly() {
    if (rows.stream().allMatch(row -> row.kind == RowKind.NAME)) {
      return this;
    }
    return new SupportSet(
        features, ways, rows.stream().filter(row -> row.kind == RowKind.NAME).toList());
  }

  /**
   * 32 lower-case hex digits (the first 128 bits of SHA-256) over exactly what adapting sees:
   * features, ways, and per row its kind, its target and the digest of its vector, in order.
   */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = computeDigest();
      digest = known;
    }
    return known;
  }

  boolean has(RowKind kind) {
    for (Row row : rows) {
      if (row.kind == kind) {
        return true;
      }
    }
    return false;
  }

  List<Row> rowList() {
    return rows;
  }

  private String computeDigest() {
    int bytesPerRow = 8 + SupportVector.DIGEST_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(12 + bytesPerRow * rows.size());
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(features).putInt(ways).putInt(rows.size());
    for (Row row : rows) {
      bytes.putInt(row.kind.code);
      bytes.putInt(row.kind.isNumber() ? Float.floatToRawIntBits(row.value) : row.way);
      bytes.put(row.vector.digestBytes());
    }
    return HexFormat.of().formatHex(SupportVector.first128Bits(bytes.array()));
  }

  /** Collects rows; refuses those that no batch should meet. Names go before examples. */
  public static final class Builder {
    private final int features;
    private final int ways;
    private final List<Row> names = new ArrayList<>();
    private final List<Row> examples = new ArrayList<>();

    private Builder(int features, int ways) {
      if (features < 1) {
        throw new IllegalArgumentException("features is " + features + ", expected at least 1.");
      }
      if (ways < 0) {
        throw new IllegalArgumentException("ways is " + ways + ", expected at least 0.");
      }
      this.features = features;
      this.ways = ways;
    }

    /** A label's name, as a pseudo-example of that label. */
    public Builder name(int way, float[] vector) {
      return name(way, SupportVector.of(nextName(), vector));
    }

    /** As the other, with a vector that was checked before and may remember its digest. */
    public Builder name(int way, SupportVector vector) {
      check(nextName(), way, vector);
      names.add(new Row(RowKind.NAME, way, 0f, vector));
      return this;
    }

    /** An example of a label. */
    public Builder example(int way, float[] vector) {
      return example(way, SupportVector.of(nextExample(), vector));
    }

    /** As the other, with a vector that was checked before and may remember its digest. */
    public Builder example(int way, SupportVector vector) {
      check(nextExample(), way, vector);
      examples.add(new Row(RowKind.EXAMPLE, way, 0f, vector));
      return this;
    }

    /** An example of a scoring task, which has one way. */
    public Builder scored(float value, float[] vector) {
      return scored(value, SupportVector.of(nextScored(), vector));
    }

    /**
     * What the parent of a scoring task says, as one more number: it is adapted to like an example,
     * and is none of the task's own. Goes before examples.
     */
    public Builder prior(float value, SupportVector vector) {
      String what = "Prior row " + names.size();
      checkNumber(what, value, vector);
      names.add(new Row(RowKind.PRIOR, 0, value, vector));
      return this;
    }

    /** As the other, with a vector that was checked before and may remember its digest. */
    public Builder scored(float value, SupportVector vector) {
      checkNumber(nextScored(), value, vector);
      examples.add(new Row(RowKind.SCORED, 0, value, vector));
      return this;
    }

    private void checkNumber(String what, float value, SupportVector vector) {
      if (ways != 1) {
        throw new IllegalArgumentException(
            what + " belongs to a task with " + ways + " ways; scoring tasks have exactly 1.");
      }
      if (!VectorGuard.isGood(value)) {
        throw new IllegalArgumentException(
            what
                + " has the number "
                + value
                + ", expected a finite one of at most "
                + VectorGuard.MAGNITUDE_MAX
                + ".");
      }
      check(what, 0, vector);
    }

    private String nextName() {
      return "Label-name row " + names.size();
    }

    private String nextExample() {
      return "Example row " + examples.size();
    }

    private String nextScored() {
      return "Scored row " + examples.size();
    }

    public SupportSet build() {
      List<Row> rows = new ArrayList<>(names);
      rows.addAll(examples);
      return new SupportSet(features, ways, rows);
    }

    private void check(String what, int way, SupportVector vector) {
      if (way < 0 || way >= ways) {
        throw new IllegalArgumentException(
            what + " has way " + way + ", expected 0 to " + (ways - 1) + ".");
      }
      if (vector.features() != features) {
        throw new IllegalArgumentException(
            what + " has " + vector.features() + " features, expected " + features + ".");
      }
    }
  }
}
