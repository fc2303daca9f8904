package dev.freshet.adaptation.items;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * An item table as a file. The same table gives the same bytes.
 *
 * <pre>
 * 8 bytes "FRSHTITM"     int32 version, 1
 * int32 factors for rating     int32 factors for ranking
 * float64 mean     float64 shrinkage     float64 half-life in seconds     int64 as of, Unix seconds
 * int32 number of items, then for each, in alphabetical order:
 *   id (int16 length, modified UTF-8)
 *   float32 each factor     float64 prior bias, count, sum, recent
 * int32 number of attributes, then for each the same
 * </pre>
 *
 * <p>Numbers are big-endian, as {@link DataOutputStream} writes them.
 */
public final class ItemTableBytes {
  private static final byte[] MAGIC = {'F', 'R', 'S', 'H', 'T', 'I', 'T', 'M'};
  private static final int VERSION = 1;
  private static final int FACTORS_MAX = 4096;

  private ItemTableBytes() {}

  /** The file's content. */
  public static byte[] write(ItemTable table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(table.layout().ratingFactors());
      out.writeInt(table.layout().rankingFactors());
      out.writeDouble(table.scale().mean());
      out.writeDouble(table.scale().shrinkage());
      out.writeDouble(table.scale().halfLifeSeconds());
      out.writeLong(table.scale().asOfSeconds());
      writeEntries(out, table.itemEntries());
      writeEntries(out, table.attributeEntries());
    } catch (IOException e) {
      throw new UncheckedIOException("An item id is too long for the table: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /**
   * The table in a file.
   *
   * @throws IllegalArgumentException where the bytes are not such a file
   */
  public static ItemTable read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC) || in.readInt() != VERSION) {
        throw new IllegalArgumentException("not an item table of version " + VERSION);
      }
      ItemLayout layout = new ItemLayout(factors(in), factors(in));
      ItemScale scale =
          new ItemScale(in.readDouble(), in.readDouble(), in.readDouble(), in.readLong());
      Map<String, ItemEntry> items = readEntries(in, layout.factors());
      Map<String, ItemEntry> attributes = readEntries(in, layout.factors());
      if (in.read() >= 0) {
        throw new IllegalArgumentException("an item table with bytes behind its end");
      }
      return new ItemTable(layout, scale, items, attributes);
    } catch (IOException e) {
      throw new IllegalArgumentException("an item table that is cut short or garbled: " + e, e);
    }
  }

  private static int factors(DataInputStream in) throws IOException {
    int factors = in.readInt();
    if (factors > FACTORS_MAX) {
      throw new IllegalArgumentException(
          "an item table with %d factors, expected at most %d".formatted(factors, FACTORS_MAX));
    }
    return factors;
  }

  private static void writeEntries(DataOutputStream out, Map<String, ItemEntry> entries)
      throws IOException {
    out.writeInt(entries.size());
    for (Map.Entry<String, ItemEntry> named : entries.entrySet()) {
      ItemEntry entry = named.getValue();
      out.writeUTF(named.getKey());
      for (int i = 0; i < entry.width(); i++) {
        out.writeFloat(entry.factor(i));
      }
      out.writeDouble(entry.priorBias());
      out.writeDouble(entry.count());
      out.writeDouble(entry.sum());
      out.writeDouble(entry.recent());
    }
  }

  private static Map<String, ItemEntry> readEntries(DataInputStream in, int width)
      throws IOException {
    int count = in.readInt();
    Map<String, ItemEntry> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String id = in.readUTF();
      float[] factors = new float[width];
      for (int k = 0; k < width; k++) {
        factors[k] = in.readFloat();
      }
      ItemEntry entry =
          new ItemEntry(
              factors, in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
      if (entries.put(id, entry) != null) {
        throw new IllegalArgumentException("an item table that holds '" + id + "' twice");
      }
    }
    return entries;
  }
}
