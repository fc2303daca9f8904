package dev.freshet.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * MiniLM as an ONNX Runtime session, one text a call. Thread-safe: every call works in buffers of
 * its own, which are kept for the next one.
 *
 * <p>Its quantisation is dynamic, with one scale for all that is in a call. A second text, or
 * padding, would change the scale and with it the vector; hence one unpadded text a call.
 */
final class MiniLmModel implements AutoCloseable {
  static final int DIMENSION = 384;
  private static final String OUTPUT = "last_hidden_state";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final ConcurrentLinkedDeque<TextBuffers> idleBuffers = new ConcurrentLinkedDeque<>();

  MiniLmModel(byte[] onnx) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      this.session = environment.createSession(onnx, options);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load MiniLM: " + e.getMessage(), e);
    }
  }

  float[] encode(long[] ids) {
    TextBuffers idle = idleBuffers.pollFirst();
    TextBuffers buffers = idle == null ? new TextBuffers() : idle;
    try {
      run(buffers, ids);
      return MeanPooling.unitMean(buffers.tokenVectors(), ids.length, DIMENSION);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime cannot encode a text of " + ids.length + " tokens: " + e.getMessage(), e);
    } finally {
      idleBuffers.addFirst(buffers);
    }
  }

  private void run(TextBuffers buffers, long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] outputShape = {1, ids.length, DIMENSION};
    try (OnnxTensor inputIds = tensor(buffers.ids(ids), shape);
        OnnxTensor mask = tensor(buffers.ones(ids.length), shape);
        OnnxTensor types = tensor(buffers.zeros(ids.length), shape);
        OnnxTensor output =
            OnnxTensor.createTensor(
                environment, buffers.tokenVectors(ids.length * DIMENSION), outputShape)) {
      Map<String, OnnxTensor> inputs =
          Map.of("input_ids", inputIds, "attention_mask", mask, "token_type_ids", types);
      session.run(inputs, Map.of(OUTPUT, output)).close();
    }
  }

  private OnnxTensor tensor(LongBuffer values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, values, shape);
  }

  /** No call may be running. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close MiniLM: " + e.getMessage(), e);
    }
  }
}
