package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtException;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens verified releases. Sessions are shared in the whole process between releases whose graphs
 * have the same digest; what a release has of its own is its initialisation. Thread-safe.
 */
public final class ReleaseLoader {
  private static final SessionPool POOL = new SessionPool();

  private final Engine engine;
  private final Filling filling;
  private final SessionPool pool;

  /** Resolves the device at once: {@code cuda} fails here, {@code auto} says here what it took. */
  public ReleaseLoader(Device device) {
    this(CudaProbe.resolve(device), POOL);
  }

  ReleaseLoader(Engine engine, SessionPool pool) {
    this(engine, Filling.of(engine), pool);
  }

  ReleaseLoader(Engine engine, Filling filling, SessionPool pool) {
    this.engine = engine;
    this.filling = filling;
    this.pool = pool;
  }

  public Engine engine() {
    return engine;
  }

  /**
   * Opens a release and tries it on a small task.
   *
   * @throws ReleaseDamagedException where its graphs do not load or do not run
   */
  public LoadedRelease load(Release release) {
    ReleaseSessions sessions = new ReleaseSessions(release, engine, pool);
    LoadedRelease loaded = open(release, sessions);
    try {
      TrialRun.run(loaded);
      SharedQueries.tryAll(loaded, sessions);
      return loaded;
    } catch (RuntimeException e) {
      loaded.close();
      throw new ReleaseDamagedException(
          "Release "
              + release
              + " fails its trial run: "
              + e.getMessage()
              + " Write the release anew.",
          e);
    }
  }

  private LoadedRelease open(Release release, ReleaseSessions sessions) {
    try {
      SharedSession adapt = sessions.adapt();
      Map<String, PredictPart> scores = new HashMap<>();
      Map<String, PredictPart> spreads = new HashMap<>();
      for (Head head : release.manifest().heads()) {
        String score = GraphContract.scores(head.name());
        String spread = GraphContract.spread(head.name());
        scores.put(head.name(), sessions.part(Set.of(score)));
        if (release.predictSignature().outputs().containsKey(spread)) {
          spreads.put(head.name(), sessions.part(Set.of(score, spread)));
        }
      }
      return new LoadedRelease(release, engine, filling, adapt, scores, spreads, sessions::release);
    } catch (OrtException e) {
      sessions.release();
      throw new ReleaseDamagedException(
          "Release "
              + release
              + ": ONNX Runtime does not load one of its graphs: "
              + e.getMessage()
              + ". Write the release anew.",
          e);
    }
  }
}
