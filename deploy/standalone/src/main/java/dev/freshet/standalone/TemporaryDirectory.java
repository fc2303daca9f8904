package dev.freshet.standalone;

import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.LogSetup;
import dev.freshet.standalone.console.Patience;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.DirectoryTree;
import java.io.UncheckedIOException;

/** A data directory for one piece of work, with its log in it; nothing is left of it behind. */
final class TemporaryDirectory implements AutoCloseable {
  private static final Patience DELETING_PATIENCE = Patience.ofSeconds(10);

  private final DataDirectory data;
  private final Console console;

  private TemporaryDirectory(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  /** Makes it; what happens inside is logged there from now on. */
  static TemporaryDirectory make(String name, Console console) {
    DataDirectory data = DataDirectory.temporary("freshet-" + name + "-");
    LogSetup.toFile(data.logs().resolve("freshet.log"));
    return new TemporaryDirectory(data, console);
  }

  DataDirectory data() {
    return data;
  }

  /** Something that is ending may still write there; the work is done all the same. */
  @Override
  public void close() {
    data.close();
    if (!DELETING_PATIENCE.until(this::isDeleted)) {
      console.note("Some of " + data.root() + " could not be deleted. Delete it by hand.");
    }
  }

  private boolean isDeleted() {
    try {
      DirectoryTree.delete(data.root());
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
