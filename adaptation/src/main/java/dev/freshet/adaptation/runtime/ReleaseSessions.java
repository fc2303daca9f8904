package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtException;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.onnx.OnnxReader;
import dev.freshet.adaptation.onnx.OutputSelection;
import dev.freshet.adaptation.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The sessions that one release holds in the pool. For one thread, until the release is ready. */
final class ReleaseSessions {
  private final Release release;
  private final Engine engine;
  private final SessionPool pool;
  private final List<SessionPool.Key> held = new ArrayList<>();

  ReleaseSessions(Release release, Engine engine, SessionPool pool) {
    this.release = release;
    this.engine = engine;
    this.pool = pool;
  }

  SharedSession adapt() throws OrtException {
    SessionPool.Key key = new SessionPool.Key(release.adaptDigest(), engine);
    return hold(key, pool.acquire(key, release::adaptGraph));
  }

  /** Of the predict graph, what some of its outputs need. */
  PredictPart part(Set<String> outputs) throws OrtException {
    SessionPool.Key key = key(outputs, "");
    byte[] graph = graph(outputs);
    return part(graph, hold(key, pool.acquire(key, () -> graph)));
  }

  /**
   * A head's graph that takes one set of queries for all tasks.
   *
   * @param works decides whether it is kept
   */
  Optional<PredictPart> sharedQueries(String head, Predicate<PredictPart> works) {
    Set<String> outputs = Set.of(GraphContract.scores(head));
    SessionPool.Key key = key(outputs, " sharing");
    byte[] graph = OutputSelection.shared(graph(outputs), GraphContract.QUERY_X);
    try {
      PredictPart part = part(graph, pool.acquire(key, () -> graph));
      if (works.test(part)) {
        held.add(key);
        return Optional.of(part);
      }
      pool.release(key);
    } catch (OrtException e) {
      // The graph cannot be read that way.
    }
    return Optional.empty();
  }

  /** Graphs of which all outputs are wanted are taken as they are. */
  private byte[] graph(Set<String> outputs) {
    byte[] whole = release.predictGraph();
    return isWhole(outputs) ? whole : OutputSelection.of(whole, outputs);
  }

  private SessionPool.Key key(Set<String> outputs, String form) {
    String part = isWhole(outputs) ? "" : " " + new TreeSet<>(outputs);
    return new SessionPool.Key(release.predictDigest() + part + form, engine);
  }

  private boolean isWhole(Set<String> outputs) {
    return release.predictSignature().outputs().keySet().equals(outputs);
  }

  private static PredictPart part(byte[] graph, SharedSession session) {
    return new PredictPart(session, new OnnxReader().readSignature(graph));
  }

  private SharedSession hold(SessionPool.Key key, SharedSession session) {
    held.add(key);
    return session;
  }

  /** Gives all of them back. */
  void release() {
    held.forEach(pool::release);
    held.clear();
  }
}
