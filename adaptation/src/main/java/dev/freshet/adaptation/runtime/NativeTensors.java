package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** ONNX Runtime's view of direct buffers. */
final class NativeTensors {
  private NativeTensors() {}

  static FloatBuffer allocate(int elements) {
    return floats(ByteBuffer.allocateDirect(bytes(elements)));
  }

  /** In memory that the engine reads fastest, where it can be had. It holds anything. */
  static FloatBuffer allocate(int elements, Engine engine) {
    return switch (engine) {
      case CPU -> allocate(elements);
      case CUDA ->
          PinnedMemory.allocate(bytes(elements))
              .map(NativeTensors::floats)
              .orElseGet(() -> allocate(elements));
    };
  }

  private static int bytes(int elements) {
    return Math.multiplyExact(Float.BYTES, elements);
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** A tensor over the buffer itself, from position to limit. */
  static OnnxTensor over(FloatBuffer buffer, Shape shape) {
    long[] sizes = Arrays.stream(shape.toArray()).asLongStream().toArray();
    try {
      return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, sizes);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime refuses a tensor of shape " + shape + ": " + e.getMessage(), e);
    }
  }

  static OnnxTensor copyOf(Tensor tensor) {
    FloatBuffer buffer = allocate(tensor.shape().elements());
    tensor.writeTo(buffer);
    return over(buffer.flip(), tensor.shape());
  }
}
