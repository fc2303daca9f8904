package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.stack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Watches a stream until all of it is answered, or until nothing more comes.
 *
 * @param feeder that was started
 * @param watch of the answers to what it feeds
 */
public record StreamWatch(LocalStack stack, Feeder feeder, AnswerWatch watch, ProgressView view) {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);

  /** What is shown of the figures so far. */
  public record Figures(List<String> table, String brief) {}

  /**
   * Returns when it is over.
   *
   * @throws CommandFailure with {@link Exit#FAILED} if the job has failed
   */
  public void untilAnswered(Supplier<Figures> figures) {
    long start = System.nanoTime();
    long lastProgress = start;
    long answeredBefore = 0;
    while (!feeder.isDone() || watch.answered() < feeder.queries()) {
      watch.look(LOOK);
      feeder.requireNoFailure();
      Figures now = figures.get();
      view.show(
          new ProgressView.Moment(
              (System.nanoTime() - start) / 1e9,
              feeder.queries(),
              watch.answered(),
              now.table(),
              now.brief()));
      if (watch.answered() > answeredBefore) {
        answeredBefore = watch.answered();
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > SILENCE_MAX.toNanos()) {
        requireAlive();
        return;
      }
    }
    feeder.requireNoFailure();
  }

  private void requireAlive() {
    if (!stack.isAlive()) {
      throw new CommandFailure(Exit.FAILED, "The job has failed: " + stack.job().failure());
    }
  }
}
