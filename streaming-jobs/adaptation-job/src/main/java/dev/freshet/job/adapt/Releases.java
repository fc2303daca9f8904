package dev.freshet.job.adapt;

import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.Yardsticks;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.stamp.ReleaseStore;
import java.util.HashMap;
import java.util.Map;

/** The releases that a subtask answers with, loaded when a stamp first names them. */
final class Releases implements AutoCloseable {
  private final ReleaseStore store;
  private final ReleaseLoader loader;
  private final Map<Integer, LoadedRelease> prototypes = new HashMap<>();

  Releases(ReleaseStore store, ReleaseLoader loader) {
    this.store = store;
    this.loader = loader;
  }

  /** The release a stamp names. It was verified when it was stamped. */
  LoadedRelease get(String lineage, ReleaseStamp stamp) {
    try {
      return store.loaded(lineage, stamp.release(), stamp.digest());
    } catch (ReleaseDamagedException e) {
      throw new IllegalStateException(
          "Release "
              + stamp.release()
              + " of lineage '"
              + lineage
              + "' was in order when its "
              + "fence was read and is not any more, so its tasks cannot be answered as the log "
              + "says. Put its files back. "
              + e.getMessage(),
          e);
    }
  }

  /** The nearest-mean yardstick for vectors of this length. */
  LoadedRelease prototype(int features) {
    return prototypes.computeIfAbsent(
        features, length -> loader.load(Yardsticks.prototype(length)));
  }

  /** Lets go of the releases used least recently; only between micro-batches. */
  void trim() {
    store.trim();
  }

  @Override
  public void close() {
    prototypes.values().forEach(LoadedRelease::close);
    store.close();
  }
}
