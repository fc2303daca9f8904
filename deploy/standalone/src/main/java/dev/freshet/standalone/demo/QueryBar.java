package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error; where results go elsewhere. */
final class QueryBar implements ProgressView {
  private final ProgressBar bar;

  QueryBar(Console console, long queries) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("queries answered")
            .setInitialMax(queries)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(console.err()))
            .build();
  }

  @Override
  public void show(Moment moment) {
    bar.stepTo(moment.answered());
  }

  @Override
  public void close() {
    bar.close();
  }
}
