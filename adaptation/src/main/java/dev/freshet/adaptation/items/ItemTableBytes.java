package dev.freshet.adaptation.items;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An item table as a file. The same table gives the same bytes.
 *
 * <pre>
 * 8 bytes "FRSHTITM"     int32 version, 2
 * int32 factors for rating     int32 factors for ranking
 * float64 mean     float64 shrinkage     float64 half-life in seconds     int64 as of, Unix seconds
 * float64 smallest and largest rating
 * int32 number of items, then for each, in alphabetical order:
 *   id (int16 length, modified UTF-8)
 *   float32 each factor     float64 prior bias, count, sum, recent
 * int32 number of attributes that add to priors, then for each the same
 * int32 number of names of attributes, then each name, in alphabetical order
 * for each item: int32 number of its attributes, then int32 place of each among the names
 * </pre>
 *
 * <p>Numbers are big-endian, as {@link DataOutputStream} writes them.
 */
public final class ItemTableBytes {
  private static final byte[] MAGIC = {'F', 'R', 'S', 'H', 'T', 'I', 'T', 'M'};
  private static final int VERSION = 2;
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
      out.writeDouble(table.scale().valueMin());
      out.writeDouble(table.scale().valueMax());
      out.writeInt(table.ids().size());
      for (int place = 0; place < table.ids().size(); place++) {
        writeEntry(out, table.ids().get(place), table.entry(place));
      }
      out.writeInt(table.attributeEntries().size());
      for (Map.Entry<String, ItemEntry> named : table.attributeEntries().entrySet()) {
        writeEntry(out, named.getKey(), named.getValue());
      }
      writeNames(out, table);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "An id or a name is too long for the table: " + e.getMessage(), e);
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
          new ItemScale(
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readLong(),
              in.readDouble(),
              in.readDouble());
      Map<String, ItemEntry> items = readEntries(in, layout.factors());
      Map<String, ItemEntry> attributes = readEntries(in, layout.factors());
      Map<String, List<String>> attributesOf = readNames(in, items.keySet());
      if (in.read() >= 0) {
        throw new IllegalArgumentException("an item table with bytes behind its end");
      }
      return new ItemTable(layout, scale, items, attributesOf, attributes);
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

  private static void writeEntry(DataOutputStream out, String id, ItemEntry entry)
      throws IOException {
    out.writeUTF(id);
    for (int i = 0; i < entry.width(); i++) {
      out.writeFloat(entry.factor(i));
    }
    out.writeDouble(entry.priorBias());
    out.writeDouble(entry.count());
    out.writeDouble(entry.sum());
    out.writeDouble(entry.recent());
  }

  private static void writeNames(DataOutputStream out, ItemTable table) throws IOException {
    TreeSet<String> used = new TreeSet<>();
    table.ids().forEach(id -> used.addAll(table.attributesOf(id)));
    List<String> names = List.copyOf(used);
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
    IdIndex index = new IdIndex(names);
    for (int place = 0; place < table.ids().size(); place++) {
      out.writeInt(table.attributesAt(place).size());
      for (String name : table.attributesAt(place)) {
        out.writeInt(index.place(name));
      }
    }
  }

  private static Map<String, List<String>> readNames(DataInputStream in, Iterable<String> ids)
      throws IOException {
    int count = in.readInt();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(in.readUTF());
    }
    Map<String, List<String>> attributesOf = new HashMap<>();
    for (String id : ids) {
      List<String> own = new ArrayList<>();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        int place = in.readInt();
        if (place < 0 || place >= names.size()) {
          throw new IllegalArgumentException(
              "an item table where '%s' has attribute %d of %d".formatted(id, place, names.size()));
        }
        own.add(names.get(place));
      }
      if (!own.isEmpty()) {
        attributesOf.put(id, own);
      }
    }
    return attributesOf;
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
