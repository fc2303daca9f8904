package dev.freshet.standalone;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar for each step of long work, where somebody watches standard error. */
final class StepBar implements AutoCloseable {
  private String step = "";
  private @Nullable ProgressBar bar;

  void at(String what, long done, long of) {
    at(what, done, of, "");
  }

  /**
   * Shows how far a step is.
   *
   * @param extra said behind the bar
   */
  void at(String what, long done, long of, String extra) {
    if (!Terminal.isStderr()) {
      return;
    }
    if (bar == null || !step.equals(what)) {
      close();
      step = what;
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setInitialMax(of)
              .build();
    }
    bar.maxHint(of).stepTo(done).setExtraMessage(extra);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
