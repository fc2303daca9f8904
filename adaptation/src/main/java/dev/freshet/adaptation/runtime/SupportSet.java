package dev.freshet.adaptation.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    SCORED(2);

    /** What the digest sees; never to change. */
    private final int code;

    RowKind(int code) {
      this.code = code;
    }
  }

  /** A vector with its way (or, for scoring tasks, its number). */
  static final class Row {
    final RowKind kind;
    final int way;
    final float value;
    final float[] vector;

    Row(RowKind kind, int way, float value, float[] vector) {
      this.kind = kind;
      this.way = way;
      this.value = value;
      this.vector = vector;
    }
  }

  private static final int DIGEST_BYTES = 16;

  private final int features;
  private final int ways;
  private final List<Row> rows;
  private final int examples;
  private volatile @Nullable String digest;

  private SupportSet(int features, int ways, List<Row> rows) {
    this.features = features;
    this.ways = ways;
    this.rows = List.copyOf(rows);
    this.examples = (int) rows.stream().filter(row -> row.kind != RowKind.NAME).count();
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

  /** Names and examples together. */
  public int rows() {
    return rows.size();
  }

  public int examples() {
    return examples;
  }

  /** The same labels, no example: what the release knows from the names alone. */
  public SupportSet namesOnly() {
    if (examples == 0) {
      return this;
    }
    return new SupportSet(
        features, ways, rows.stream().filter(row -> row.kind == RowKind.NAME).toList());
  }

  /**
   * 32 lower-case hex digits (the first 128 bits of SHA-256) over exactly what adapting sees:
   * features, ways, and per row its kind, its target and the bits of its vector, in order.
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
    return rows.stream().anyMatch(row -> row.kind == kind);
  }

  List<Row> rowList() {
    return rows;
  }

  private String computeDigest() {
    MessageDigest sha = sha256();
    ByteBuffer bytes = ByteBuffer.allocate(Math.max(12, 8 + 4 * features));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(features).putInt(ways).putInt(rows.size());
    sha.update(bytes.array(), 0, 12);
    for (Row row : rows) {
      bytes.clear();
      bytes.putInt(row.kind.code);
      bytes.putInt(row.kind == RowKind.SCORED ? Float.floatToRawIntBits(row.value) : row.way);
      bytes.asFloatBuffer().put(row.vector);
      sha.update(bytes.array(), 0, 8 + 4 * features);
    }
    return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
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
      String what = "Label-name row " + names.size();
      checkWay(what, way);
      VectorGuard.check(what, vector, features);
      names.add(new Row(RowKind.NAME, way, 0f, vector));
      return this;
    }

    /** An example of a label. */
    public Builder example(int way, float[] vector) {
      String what = "Example row " + examples.size();
      checkWay(what, way);
      VectorGuard.check(what, vector, features);
      examples.add(new Row(RowKind.EXAMPLE, way, 0f, vector));
      return this;
    }

    /** An example of a scoring task, which has one way. */
    public Builder scored(float value, float[] vector) {
      String what = "Scored row " + examples.size();
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
      VectorGuard.check(what, vector, features);
      examples.add(new Row(RowKind.SCORED, 0, value, vector));
      return this;
    }

    public SupportSet build() {
      List<Row> rows = new ArrayList<>(names);
      rows.addAll(examples);
      return new SupportSet(features, ways, rows);
    }

    private void checkWay(String what, int way) {
      if (way < 0 || way >= ways) {
        throw new IllegalArgumentException(
            what + " has way " + way + ", expected 0 to " + (ways - 1) + ".");
      }
    }
  }
}
