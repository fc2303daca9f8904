package dev.freshet.adaptation.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Our tensors and shapes as protobuf messages, and back. */
final class Protos {
  private Protos() {}

  static TensorProto tensor(String name, Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (int size : tensor.shape().toArray()) {
      proto.addDims(size);
    }
    ByteBuffer bytes = littleEndian(4 * tensor.shape().elements());
    tensor.writeTo(bytes.asFloatBuffer());
    return proto.setRawData(ByteString.copyFrom(bytes)).build();
  }

  static TensorProto int64s(String name, long... values) {
    ByteBuffer bytes = littleEndian(8 * values.length);
    bytes.asLongBuffer().put(values);
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addDims(values.length)
        .setRawData(ByteString.copyFrom(bytes))
        .build();
  }

  /** Without axes. */
  static TensorProto int64(String name, long value) {
    return int64s(name, value).toBuilder().clearDims().build();
  }

  static ValueInfoProto value(String name, GraphShape shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (Dim dim : shape.dims()) {
      dims.addDim(dimension(dim));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dims)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /** A value without axes of a type of ONNX. */
  static ValueInfoProto scalar(String name, TensorProto.DataType type) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(type.getNumber())
            .setShape(TensorShapeProto.getDefaultInstance());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorShapeProto.Dimension dimension(Dim dim) {
    TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
    if (dim instanceof Dim.Fixed fixed) {
      return proto.setDimValue(fixed.size()).build();
    }
    return proto.setDimParam(((Dim.Symbol) dim).name()).build();
  }

  static Tensor tensor(TensorProto proto) {
    String name = proto.getName();
    if (proto.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
      throw new IllegalArgumentException(
          "Tensor '" + name + "' has ONNX type " + proto.getDataType() + ", expected FLOAT (1).");
    }
    Shape shape = Shape.of(proto.getDimsList().stream().mapToInt(Math::toIntExact).toArray());
    ByteBuffer bytes = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer values = bytes.hasRemaining() ? bytes.asFloatBuffer() : floatData(proto);
    if (values.remaining() != shape.elements()) {
      throw new IllegalArgumentException(
          "Tensor '%s' of shape %s has %d values, expected %d."
              .formatted(name, shape, values.remaining(), shape.elements()));
    }
    return Tensor.read(shape, values);
  }

  private static FloatBuffer floatData(TensorProto proto) {
    FloatBuffer values = FloatBuffer.allocate(proto.getFloatDataCount());
    proto.getFloatDataList().forEach(values::put);
    return values.flip();
  }

  static GraphShape shape(ValueInfoProto value) {
    TypeProto.Tensor type = value.getType().getTensorType();
    boolean floats = type.getElemType() == TensorProto.DataType.FLOAT.getNumber();
    if (!value.getType().hasTensorType() || !floats || !type.hasShape()) {
      throw new IllegalArgumentException(
          "'"
              + value.getName()
              + "' is not a float tensor with a shape, as every input and output"
              + " must be.");
    }
    List<Dim> dims = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : type.getShape().getDimList()) {
      dims.add(dim(value.getName(), dim));
    }
    return new GraphShape(dims);
  }

  private static Dim dim(String name, TensorShapeProto.Dimension dim) {
    return switch (dim.getValueCase()) {
      case DIM_VALUE -> Dim.of(Math.toIntExact(dim.getDimValue()));
      case DIM_PARAM -> Dim.symbol(dim.getDimParam());
      case VALUE_NOT_SET ->
          throw new IllegalArgumentException(
              "'" + name + "' has a dim with neither size nor name, expected one of the two.");
    };
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
