package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX Runtime session that may serve several releases and threads at once. One thread per call:
 * parallelism comes from callers, and sums keep their order.
 */
final class SharedSession {
  private final OrtSession session;

  private SharedSession(OrtSession session) {
    this.session = session;
  }

  static SharedSession open(byte[] graph, Engine engine) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Shapes differ from call to call; planning memory per shape would only collect plans.
      options.setMemoryPatternOptimization(false);
      if (engine == Engine.CUDA) {
        CudaProbe.addTo(options);
      }
      return new SharedSession(OrtEnvironment.getEnvironment().createSession(graph, options));
    }
  }

  /** Writes into the tensors given for the outputs. */
  void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    try {
      session.run(inputs, outputs).close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed at a batch: " + e.getMessage(), e);
    }
  }

  /** The same, to see whether the graph can take these shapes: false, and no log, if not. */
  boolean tryRun(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    try (OrtSession.RunOptions quiet = new OrtSession.RunOptions()) {
      quiet.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      session.run(inputs, Set.of(), outputs, quiet).close();
      return true;
    } catch (OrtException e) {
      return false;
    }
  }

  void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session: " + e.getMessage(), e);
    }
  }
}
