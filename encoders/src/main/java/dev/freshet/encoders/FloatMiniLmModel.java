package dev.freshet.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.Engine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The float model as a session: texts of one length a call. */
final class FloatMiniLmModel implements AutoCloseable {
  private static final String OUTPUT = "last_hidden_state";

  /** A batch of one takes other routines in ONNX Runtime, with other bits. */
  private static final int TEXTS_MIN = 2;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  FloatMiniLmModel(byte[] onnx, Device device) {
    Engine engine = Engine.of(device);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      engine.addTo(options);
      this.session = environment.createSession(onnx, options);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load MiniLM: " + e.getMessage(), e);
    }
  }

  /**
   * Unit vectors of texts.
   *
   * @param texts tokens, all of the same length
   */
  synchronized List<float[]> encode(List<long[]> texts, int length) {
    int rows = Math.max(TEXTS_MIN, texts.size());
    LongBuffer ids = longs(rows * length);
    for (int row = 0; row < rows; row++) {
      ids.put(texts.get(Math.min(row, texts.size() - 1)));
    }
    LongBuffer ones = longs(rows * length);
    while (ones.hasRemaining()) {
      ones.put(1);
    }
    FloatBuffer vectors =
        bytes(rows * length * MiniLmModel.DIMENSION * Float.BYTES).asFloatBuffer();
    run(ids.flip(), ones.flip(), vectors, new long[] {rows, length});
    List<float[]> units = new ArrayList<>();
    for (int row = 0; row < texts.size(); row++) {
      int size = length * MiniLmModel.DIMENSION;
      units.add(
          MeanPooling.unitMean(vectors.slice(row * size, size), length, MiniLmModel.DIMENSION));
    }
    return units;
  }

  private void run(LongBuffer ids, LongBuffer ones, FloatBuffer vectors, long[] shape) {
    LongBuffer zeros = longs(ids.limit());
    long[] outputShape = {shape[0], shape[1], MiniLmModel.DIMENSION};
    try (OnnxTensor inputIds = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, ones, shape);
        OnnxTensor types = OnnxTensor.createTensor(environment, zeros, shape);
        OnnxTensor output = OnnxTensor.createTensor(environment, vectors, outputShape)) {
      Map<String, OnnxTensor> inputs =
          Map.of("input_ids", inputIds, "attention_mask", mask, "token_type_ids", types);
      session.run(inputs, Map.of(OUTPUT, output)).close();
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime cannot encode %d texts of %d tokens: %s"
              .formatted(shape[0], shape[1], e.getMessage()),
          e);
    }
  }

  private static LongBuffer longs(int count) {
    return bytes(count * Long.BYTES).asLongBuffer();
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
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
