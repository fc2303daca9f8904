package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseManifest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A release ready to run. Any number of adapters may use it at once; close it when the last has
 * stopped.
 */
public final class LoadedRelease implements AutoCloseable {
  private final Release release;
  private final Engine engine;
  private final SharedSession adaptSession;
  private final SharedSession predictSession;
  private final Runnable releaseSessions;
  private final Map<String, OnnxTensor> initialization = new TreeMap<>();
  private volatile boolean closed;

  LoadedRelease(
      Release release,
      Engine engine,
      SharedSession adaptSession,
      SharedSession predictSession,
      Runnable releaseSessions) {
    this.release = release;
    this.engine = engine;
    this.adaptSession = adaptSession;
    this.predictSession = predictSession;
    this.releaseSessions = releaseSessions;
    release
        .initialization()
        .forEach((name, tensor) -> initialization.put(name, NativeTensors.copyOf(tensor)));
  }

  public ReleaseManifest manifest() {
    return release.manifest();
  }

  /** What it knows of its items, if its examples name some. */
  public Optional<ItemTable> items() {
    return release.items();
  }

  /** Digest of the release. */
  public String digest() {
    return release.digest();
  }

  public Engine engine() {
    return engine;
  }

  /** Length of every vector. */
  public int features() {
    return manifest().features();
  }

  Signature adaptSignature() {
    return release.adaptSignature();
  }

  Signature predictSignature() {
    return release.predictSignature();
  }

  Map<String, OnnxTensor> initialization() {
    return initialization;
  }

  SharedSession adaptSession() {
    checkOpen();
    return adaptSession;
  }

  SharedSession predictSession() {
    checkOpen();
    return predictSession;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Release " + release + " is closed: load it again.");
    }
  }

  /** Gives back the sessions, which close with their last reference. Closing twice is once. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      initialization.values().forEach(OnnxTensor::close);
      releaseSessions.run();
    }
  }

  @Override
  public String toString() {
    return release + " on " + engine.id();
  }
}
