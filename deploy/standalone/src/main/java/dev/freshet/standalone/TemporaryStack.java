package dev.freshet.standalone;

import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.LogSetup;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.DirectoryTree;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.standalone.stack.StackSettings;
import java.util.Map;

/** Everything on free ports, in a directory of its own, with nothing left behind. */
final class TemporaryStack {
  private TemporaryStack() {}

  /** What is done with it. */
  interface Use {
    void with(LocalStack stack, UntilInterrupted life);
  }

  /**
   * Starts it, uses it and takes it away.
   *
   * @param job settings
   */
  static void use(String name, Map<String, String> job, Console console, Use use) {
    DataDirectory data = DataDirectory.temporary("freshet-" + name + "-");
    LogSetup.toFile(data.logs().resolve("freshet.log"));
    try (UntilInterrupted life = new UntilInterrupted();
        LocalStack stack =
            LocalStack.start(
                StackSettings.anywhere().withJob(job),
                data,
                step -> console.note(step + " …"),
                closer -> life.beforeExit(() -> stop(closer, data, console)))) {
      use.with(stack, life);
    } catch (RuntimeException e) {
      console.note("What happened inside is in " + data.logs() + ".");
      throw e;
    }
    cleanUp(data);
  }

  private static void stop(Runnable closer, DataDirectory data, Console console) {
    console.note("stopping …");
    closer.run();
    cleanUp(data);
  }

  private static void cleanUp(DataDirectory data) {
    data.close();
    DirectoryTree.delete(data.root());
  }
}
