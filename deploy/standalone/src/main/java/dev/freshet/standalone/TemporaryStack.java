package dev.freshet.standalone;

import dev.freshet.standalone.console.Console;
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
    TemporaryDirectory directory = TemporaryDirectory.make(name, console);
    try (UntilInterrupted life = new UntilInterrupted();
        LocalStack stack =
            LocalStack.start(
                StackSettings.anywhere().withJob(job),
                directory.data(),
                step -> console.note(step + " …"),
                closer -> life.beforeExit(() -> stop(closer, directory, console)))) {
      use.with(stack, life);
    } catch (RuntimeException e) {
      console.note("What happened inside is in " + directory.data().logs() + ".");
      throw e;
    }
    directory.close();
  }

  private static void stop(Runnable closer, TemporaryDirectory directory, Console console) {
    console.note("stopping …");
    closer.run();
    directory.close();
  }
}
