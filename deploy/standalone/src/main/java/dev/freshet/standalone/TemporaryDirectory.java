package dev.freshet.standalone;

import dev.freshet.standalone.console.LogSetup;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.DirectoryTree;

/** A data directory for one piece of work, with its log in it; nothing is left of it behind. */
final class TemporaryDirectory implements AutoCloseable {
  private final DataDirectory data;

  private TemporaryDirectory(DataDirectory data) {
    this.data = data;
  }

  /** Makes it; what happens inside is logged there from now on. */
  static TemporaryDirectory make(String name) {
    DataDirectory data = DataDirectory.temporary("freshet-" + name + "-");
    LogSetup.toFile(data.logs().resolve("freshet.log"));
    return new TemporaryDirectory(data);
  }

  DataDirectory data() {
    return data;
  }

  @Override
  public void close() {
    data.close();
    DirectoryTree.delete(data.root());
  }
}
