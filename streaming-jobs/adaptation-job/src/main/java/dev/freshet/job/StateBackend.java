package dev.freshet.job;

import java.util.Arrays;
import java.util.List;

/** Where the state of tasks lives. */
public enum StateBackend {
  /** In memory: fastest, for as many tasks as fit. */
  HEAP("heap", "hashmap"),
  /** On disk, with incremental checkpoints: for millions of tasks. */
  ROCKSDB("rocksdb", "rocksdb");

  private final String id;
  private final String flinkName;

  StateBackend(String id, String flinkName) {
    this.id = id;
    this.flinkName = flinkName;
  }

  public String id() {
    return id;
  }

  String flinkName() {
    return flinkName;
  }

  /** Reads the id; an error lists the choices. */
  public static StateBackend parse(String text) {
    List<String> ids = Arrays.stream(values()).map(StateBackend::id).toList();
    int index = ids.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException("expected one of " + ids + ", got '" + text + "'");
    }
    return values()[index];
  }
}
