package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a catalogue in native memory, in chunks that a call takes as they are. From version
 * to version only the pages that changed are written. Not thread-safe.
 */
final class CatalogueRows {
  /** Rows of a chunk: fixed, so that an item's bits do not depend on the size of the catalogue. */
  static final int CHUNK = 1024;

  /** When it has to grow, a catalogue gets room for a quarter more. */
  private static final int ROOM_SHIFT = 2;

  private final int features;
  private final List<OnnxTensor> chunks = new ArrayList<>();
  private final float[] page;
  private FloatBuffer rows = NativeTensors.allocate(0);
  private @Nullable Catalogue held;

  CatalogueRows(int features) {
    this.features = features;
    this.page = new float[Catalogue.PAGE_ROWS * features];
  }

  /** Chunks that hold all items, the last with rows of none behind them. */
  static int chunks(Catalogue catalogue) {
    return (catalogue.size() + CHUNK - 1) / CHUNK;
  }

  /** Makes the rows those of a catalogue. */
  void show(Catalogue catalogue) {
    Catalogue before = held;
    int capacity = chunks(catalogue) * CHUNK;
    if (capacity > chunks.size() * CHUNK) {
      grow(chunks(catalogue));
      before = null;
    }
    held = null;
    for (int page = 0; page * Catalogue.PAGE_ROWS < catalogue.size(); page++) {
      if (before == null || !catalogue.sharesRows(before, page)) {
        write(catalogue, page);
      }
    }
    held = catalogue;
  }

  private void grow(int needed) {
    close();
    int count = needed + (needed >> ROOM_SHIFT);
    rows = NativeTensors.allocate(Math.multiplyExact(count * CHUNK, features));
    for (int chunk = 0; chunk < count; chunk++) {
      FloatBuffer part = rows.slice(chunk * CHUNK * features, CHUNK * features);
      chunks.add(NativeTensors.over(part, Shape.of(1, CHUNK, features)));
    }
  }

  private void write(Catalogue catalogue, int number) {
    int from = number * Catalogue.PAGE_ROWS;
    int count = Math.min(Catalogue.PAGE_ROWS, catalogue.size() - from);
    for (int i = 0; i < count; i++) {
      catalogue.copyRow(from + i, page, i * features);
    }
    rows.put(from * features, page, 0, count * features);
  }

  /** [1, {@link #CHUNK}, features]. */
  OnnxTensor chunk(int chunk) {
    return chunks.get(chunk);
  }

  /** The same rows once more, into a larger input. */
  void copyChunk(int chunk, FloatBuffer to, int at) {
    int length = CHUNK * features;
    to.put(at, rows, chunk * length, length);
  }

  void close() {
    chunks.forEach(OnnxTensor::close);
    chunks.clear();
    held = null;
  }
}
