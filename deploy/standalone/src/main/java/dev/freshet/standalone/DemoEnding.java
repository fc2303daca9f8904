package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.demo.AnswerCounts;
import dev.freshet.standalone.stack.LocalStack;
import picocli.CommandLine.Option;

/** What a demo does behind its result: it stays up where that was asked for, and judges itself. */
final class DemoEnding {
  @Option(
      names = "--keep",
      description = "Print the result, then leave everything running until interrupted.")
  private boolean keep;

  boolean isKept() {
    return keep;
  }

  /**
   * Ends it.
   *
   * @throws CommandFailure with {@link Exit#INCOMPLETE} if answers are missing
   */
  void end(AnswerCounts counts, LocalStack stack, UntilInterrupted life, Console console) {
    if (keep) {
      console.note(
          "Everything stays up at " + stack.broker().bootstrapServers() + ". Ctrl-C ends it.");
      life.await(stack::isAlive);
    }
    if (counts.missing() > 0) {
      throw new CommandFailure(Exit.INCOMPLETE, counts.missing() + " queries were never answered.");
    }
  }
}
