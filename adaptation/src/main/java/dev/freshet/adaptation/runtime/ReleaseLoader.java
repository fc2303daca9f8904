package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtException;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import java.util.function.Supplier;

/**
 * Opens verified releases. Sessions are shared in the whole process between releases whose graphs
 * have the same digest; what a release has of its own is its initialisation. Thread-safe.
 */
public final class ReleaseLoader {
  private static final SessionPool POOL = new SessionPool();

  private final Engine engine;
  private final SessionPool pool;

  /** Resolves the device at once: {@code cuda} fails here, {@code auto} says here what it took. */
  public ReleaseLoader(Device device) {
    this(CudaProbe.resolve(device), POOL);
  }

  ReleaseLoader(Engine engine, SessionPool pool) {
    this.engine = engine;
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
    LoadedRelease loaded = open(release);
    try {
      TrialRun.run(loaded);
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

  private LoadedRelease open(Release release) {
    SessionPool.Key adapt = new SessionPool.Key(release.adaptDigest(), engine);
    SessionPool.Key predict = new SessionPool.Key(release.predictDigest(), engine);
    SharedSession adaptSession = acquire(release, Release.ADAPT_FILE, adapt, release::adaptGraph);
    try {
      SharedSession predictSession =
          acquire(release, Release.PREDICT_FILE, predict, release::predictGraph);
      return new LoadedRelease(
          release,
          engine,
          adaptSession,
          predictSession,
          () -> {
            pool.release(adapt);
            pool.release(predict);
          });
    } catch (RuntimeException e) {
      pool.release(adapt);
      throw e;
    }
  }

  private SharedSession acquire(
      Release release, String file, SessionPool.Key key, Supplier<byte[]> graph) {
    try {
      return pool.acquire(key, graph);
    } catch (OrtException e) {
      throw new ReleaseDamagedException(
          "Release "
              + release
              + ": ONNX Runtime does not load "
              + file
              + ": "
              + e.getMessage()
              + ". Write the release anew.",
          e);
    }
  }
}
