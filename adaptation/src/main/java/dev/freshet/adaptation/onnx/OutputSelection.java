package dev.freshet.adaptation.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a graph that some of its outputs need. ONNX Runtime runs a whole graph whichever
 * outputs it is asked for, so that who wants one head would pay for all.
 */
public final class OutputSelection {
  private final GraphProto graph;
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Set<String> needed = new HashSet<>();

  private OutputSelection(GraphProto graph) {
    this.graph = graph;
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> makers.put(output, node));
    }
  }

  /**
   * A model with some of another's outputs, in that one's order, and nothing that they do not need.
   *
   * @param outputs names of some of its outputs
   */
  public static byte[] of(byte[] bytes, Set<String> outputs) {
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      GraphProto part = new OutputSelection(model.getGraph()).select(outputs);
      return model.toBuilder().setGraph(part).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("Not an ONNX model: " + e.getMessage(), e);
    }
  }

  /**
   * The same model, with an input of which there is one for the whole batch where there was one for
   * each member of it. ONNX Runtime plans memory by the names of dims: it has to be told. What the
   * model says of the shapes of values in between is dropped, as it may not hold any more.
   *
   * @param input whose first dim becomes 1
   */
  public static byte[] shared(byte[] bytes, String input) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
      clearShapes(model.getGraphBuilder());
      for (ValueInfoProto.Builder value : model.getGraphBuilder().getInputBuilderList()) {
        if (value.getName().equals(input)) {
          value
              .getTypeBuilder()
              .getTensorTypeBuilder()
              .getShapeBuilder()
              .getDimBuilder(0)
              .clearDimParam()
              .setDimValue(1);
        }
      }
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("Not an ONNX model: " + e.getMessage(), e);
    }
  }

  private static void clearShapes(GraphProto.Builder graph) {
    graph.clearValueInfo();
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
        if (attribute.hasG()) {
          clearShapes(attribute.getGBuilder());
        }
      }
    }
  }

  private GraphProto select(Set<String> outputs) {
    trace(outputs);
    GraphProto.Builder part = graph.toBuilder().clearNode().clearInitializer();
    part.clearInput().clearOutput().clearValueInfo();
    graph.getNodeList().stream()
        .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
        .forEach(part::addNode);
    graph.getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(part::addInitializer);
    graph.getInputList().stream()
        .filter(input -> needed.contains(input.getName()))
        .forEach(part::addInput);
    Stream.concat(
            graph.getValueInfoList().stream(),
            graph.getOutputList().stream().filter(output -> !outputs.contains(output.getName())))
        .filter(value -> needed.contains(value.getName()))
        .forEach(part::addValueInfo);
    graph.getOutputList().stream()
        .filter(output -> outputs.contains(output.getName()))
        .forEach(part::addOutput);
    return part.build();
  }

  private void trace(Set<String> outputs) {
    Deque<String> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      String name = open.pop();
      NodeProto maker = makers.get(name);
      if (needed.add(name) && maker != null) {
        addNames(maker, open);
      }
    }
  }

  /** A branch or the body of a loop takes values of the graph around it without saying so. */
  private static void addNames(NodeProto node, Deque<String> names) {
    node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(names::push);
    for (AttributeProto attribute : node.getAttributeList()) {
      attribute.getG().getOutputList().forEach(output -> names.push(output.getName()));
      attribute.getG().getNodeList().forEach(inner -> addNames(inner, names));
    }
  }
}
