package dev.freshet.adaptation.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/**
 * Refuses models that keep tensors in other files. Walks every message whatever field it sits in:
 * attributes, subgraphs, functions, sparse and quantised tensors, and whatever ONNX adds.
 */
final class ExternalData {
  private ExternalData() {}

  static void refuse(ModelProto model) {
    visit(model);
  }

  private static void visit(Message message) {
    if (message instanceof TensorProto tensor) {
      check(tensor);
    }
    for (var field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.getValue() instanceof List<?> messages) {
        messages.forEach(nested -> visit((Message) nested));
      } else {
        visit((Message) field.getValue());
      }
    }
  }

  private static void check(TensorProto tensor) {
    boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    if (external || tensor.getExternalDataCount() > 0) {
      throw new IllegalArgumentException(
          "Tensor '"
              + tensor.getName()
              + "' keeps its data in another file, expected it inside: no digest covers the other.");
    }
  }
}
