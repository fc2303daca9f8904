package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseManifest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A release ready to run. Any number of adapters may use it at once; close it when the last has
 * stopped.
 */
public final class LoadedRelease implements AutoCloseable {
  private final Release release;
  private final Engine engine;
  private final Filling filling;
  private final SharedSession adaptSession;
  private final Map<String, PredictPart> scores;
  private final Map<String, PredictPart> spreads;
  private final Runnable releaseSessions;
  private final Map<String, OnnxTensor> initialization = new TreeMap<>();
  private final Map<String, PredictPart> sharedQueries = new ConcurrentHashMap<>();
  private volatile boolean closed;

  LoadedRelease(
      Release release,
      Engine engine,
      Filling filling,
      SharedSession adaptSession,
      Map<String, PredictPart> scores,
      Map<String, PredictPart> spreads,
      Runnable releaseSessions) {
    this.release = release;
    this.engine = engine;
    this.filling = filling;
    this.adaptSession = adaptSession;
    this.scores = Map.copyOf(scores);
    this.spreads = Map.copyOf(spreads);
    this.releaseSessions = releaseSessions;
    release
        .initialization()
        .forEach((name, tensor) -> initialization.put(name, NativeTensors.copyOf(tensor)));
  }

  /** What is ready to run. */
  public Release release() {
    return release;
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

  /** How large its calls are. */
  Filling filling() {
    return filling;
  }

  /** Length of every vector. */
  public int features() {
    return manifest().features();
  }

  Signature adaptSignature() {
    return release.adaptSignature();
  }

  Map<String, OnnxTensor> initialization() {
    return initialization;
  }

  SharedSession adaptSession() {
    checkOpen();
    return adaptSession;
  }

  /** What gives a head's scores. */
  PredictPart scores(String head) {
    return part(scores, head);
  }

  /** What gives a head's scores and their spread. */
  PredictPart spread(String head) {
    return part(spreads, head);
  }

  private PredictPart part(Map<String, PredictPart> parts, String head) {
    checkOpen();
    PredictPart part = parts.get(head);
    if (part == null) {
      throw new IllegalArgumentException(
          "Release %s has no head '%s' for this, only %s."
              .formatted(release, head, new TreeSet<>(parts.keySet())));
    }
    return part;
  }

  /** Whether a head says how far its scores may be off: {@link Adapter#beliefs} needs it. */
  public boolean hasSpread(String head) {
    return spreads.containsKey(head);
  }

  /** A graph that takes one set of queries for all tasks of a call, where it was found to work. */
  void shareQueries(String head, PredictPart part) {
    sharedQueries.put(head, part);
  }

  /** What gives a head's scores of one set of queries; without it each task needs a copy. */
  Optional<PredictPart> sharedQueries(String head) {
    checkOpen();
    return Optional.ofNullable(sharedQueries.get(head));
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
