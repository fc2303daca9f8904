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
    return ByteBuffer.allocateDirect(Math.multiplyExact(4, elements))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
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
