package dev.freshet.standalone;

import dev.freshet.trainer.refresh.RefreshListener;
import dev.freshet.trainer.training.Look;
import java.util.Locale;

/** Shows a refresh as a bar for each of its steps. */
final class RefreshProgress implements RefreshListener, AutoCloseable {
  private final StepBar bar = new StepBar();
  private String seen = "";

  @Override
  public void at(String what, long done, long of) {
    bar.at(what, done, of);
  }

  @Override
  public void stepped(int done, int of, double loss) {
    bar.at("training", done, of, String.format(Locale.ROOT, "loss %.3f%s", loss, seen));
  }

  @Override
  public void looked(Look look) {
    seen = String.format(Locale.ROOT, ", choosing %.1f %%", 100 * look.heldOut().accuracy());
  }

  @Override
  public void close() {
    bar.close();
  }
}
