package dev.freshet.adaptation.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.freshet.adaptation.graph.Attributes;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.graph.Op;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One graph on its way to ONNX: gives every node a name and says it in ONNX's operators. Internal
 * names begin with a slash, which names of inputs and outputs cannot contain.
 *
 * <p>Every value's shape is written down. ONNX Runtime infers none behind an operator of its own,
 * where dims have names; without them it plans memory in a time quadratic in the nodes, and uses
 * none of it twice.
 */
final class GraphEncoding {
  /** Steep enough that every normal float from 1e-30 on reaches 1. */
  private static final float STEEP = 1e30f;

  private static final String INTERNAL = "/";

  private final Graph graph;
  private final String prefix;
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Map<Node, String> names = new HashMap<>();
  private final Set<Node> softmaxed = new HashSet<>();

  /** Names of outputs, whose shapes are said there. */
  private final Set<String> named = new HashSet<>();

  private final Map<Ones, String> ones = new HashMap<>();

  GraphEncoding(Graph graph) {
    this(graph, "");
  }

  /** Of a graph in another, whose names are others than those around it. */
  private GraphEncoding(Graph graph, String prefix) {
    this.graph = graph;
    this.prefix = prefix;
  }

  GraphProto encode() {
    graph.inputs().forEach((name, node) -> names.put(node, name));
    encodeNodes();
    return proto.build();
  }

  private void encodeNodes() {
    proto.setName(graph.name());
    nameNodes();
    graph.nodes().forEach(this::encode);
    graph.outputs().forEach((name, node) -> encodeOutput(prefix + name, node));
  }

  private void nameNodes() {
    graph.outputs().keySet().forEach(name -> named.add(prefix + name));
    graph
        .outputs()
        .forEach(
            (name, node) -> {
              if (node.op() != Op.CONSTANT) {
                names.putIfAbsent(node, prefix + name);
              }
            });
    for (Node node : graph.nodes()) {
      if (node.op() == Op.SOFTMAX) {
        softmaxed.addAll(node.inputs());
      }
      names.putIfAbsent(node, prefix + INTERNAL + names.size());
    }
  }

  private void encodeOutput(String name, Node node) {
    if (!name.equals(names.get(node))) {
      proto.addNode(identity(name(node), name));
    }
    proto.addOutput(Protos.value(name, node.shape()));
  }

  private void encode(Node node) {
    if (node.op() == Op.INPUT) {
      // A graph in another need not declare what it sees of that one.
      if (name(node).startsWith(prefix)) {
        proto.addInput(Protos.value(name(node), node.shape()));
      }
    } else if (node.op() == Op.CONSTANT) {
      Tensor tensor = node.attributes(Attributes.Value.class).tensor();
      proto.addInitializer(Protos.tensor(name(node), tensor));
    } else {
      proto.addNode(operator(node).setName(name(node)).addAllOutput(outputs(node)));
      if (!named.contains(name(node))) {
        shape(name(node), softmaxed.contains(node) ? ofItsOwn(node.shape()) : node.shape());
      }
      if (node.attributes() instanceof Attributes.Repetition repetition) {
        List<Node> last = List.copyOf(repetition.body().outputs().values());
        IntStream.range(1, last.size()).forEach(i -> shape(last(node, i), last.get(i).shape()));
      }
    }
  }

  /**
   * With another name for the last dim, if it has one. ONNX Runtime writes a value over one that
   * has the same shape and is not needed any more, and its softmax takes twice as long where it
   * does.
   */
  private static GraphShape ofItsOwn(GraphShape shape) {
    List<Dim> dims = new ArrayList<>(shape.dims());
    int last = dims.size() - 1;
    if (dims.get(last) instanceof Dim.Symbol symbol) {
      dims.set(last, Dim.symbol("softmax_" + symbol.name()));
    }
    return new GraphShape(dims);
  }

  /** A loop gives all that it changes, of which the first is asked for. */
  private List<String> outputs(Node node) {
    int all =
        node.attributes() instanceof Attributes.Repetition repetition
            ? repetition.body().outputs().size()
            : 1;
    Stream<String> others = IntStream.range(1, all).mapToObj(i -> last(node, i));
    return Stream.concat(Stream.of(name(node)), others).toList();
  }

  private String last(Node node, int i) {
    return name(node) + "/last/" + i;
  }

  private void shape(String name, GraphShape shape) {
    proto.addValueInfo(Protos.value(name, shape));
  }

  private NodeProto.Builder operator(Node node) {
    return switch (node.op()) {
      case INPUT, CONSTANT -> throw new IllegalArgumentException(node + " is no operator.");
      case ADD -> plain("Add", node);
      case SUB -> plain("Sub", node);
      case MUL -> plain("Mul", node);
      case DIV -> plain("Div", node);
      case POW -> plain("Pow", node);
      case MAX -> plain("Max", node);
      case NEG -> plain("Neg", node);
      case EXP -> plain("Exp", node);
      case LOG -> plain("Log", node);
      case SQRT -> plain("Sqrt", node);
      case RELU -> plain("Relu", node);
      case STEP ->
          plain("HardSigmoid", node).addAttribute(of("alpha", STEEP)).addAttribute(of("beta", 0f));
      case TANH -> plain("Tanh", node);
      case MATMUL -> plain("MatMul", node);
      case FUSED_MATMUL -> fusedMatMul(node, node.attributes(Attributes.Product.class));
      case TRANSPOSE -> transpose(node, node.attributes(Attributes.Permutation.class).axes());
      case RESHAPE -> reshape(node, node.attributes(Attributes.Target.class).shape());
      case UNSQUEEZE -> withInt64s("Unsqueeze", node, "axes", axis(node));
      case SQUEEZE -> withInt64s("Squeeze", node, "axes", axis(node));
      case EXPAND -> expand(node);
      case CONCAT -> plain("Concat", node).addAttribute(of("axis", axis(node)));
      case SLICE -> slice(node, node.attributes(Attributes.Range.class));
      case PAD -> pad(node, node.attributes(Attributes.Padding.class));
      case SUM -> sum(node, axis(node), node.inputs().get(0).shape());
      case CUMULATIVE_SUM -> cumulativeSum(node);
      case REDUCE_MAX -> withInt64s("ReduceMax", node, "axes", -1).addAttribute(of("keepdims", 1));
      case SOFTMAX -> plain("Softmax", node).addAttribute(of("axis", -1));
      case LOG_SOFTMAX -> plain("LogSoftmax", node).addAttribute(of("axis", -1));
      case DETACH -> plain("Identity", node);
      case REPEAT -> repeat(node, node.attributes(Attributes.Repetition.class));
    };
  }

  /**
   * ONNX's Loop, whose graph takes the number of the pass and whether to go on before anything of
   * its own. What stays as it is has the name there that it has here.
   */
  private NodeProto.Builder repeat(Node node, Attributes.Repetition repetition) {
    String inner = name(node) + "/body/";
    int changing = repetition.body().outputs().size();
    NodeProto.Builder loop =
        NodeProto.newBuilder().setOpType("Loop").addInput(passes(node, repetition)).addInput("");
    GraphEncoding body = new GraphEncoding(repetition.body(), inner);
    int position = 0;
    for (Node taken : repetition.body().inputs().values()) {
      String here = name(node.inputs().get(position));
      body.names.put(taken, position < changing ? inner + INTERNAL + "given" + position : here);
      if (position < changing) {
        loop.addInput(here);
      }
      position++;
    }
    String on = inner + INTERNAL + "on";
    String still = inner + INTERNAL + "still";
    body.proto.addInput(Protos.scalar(inner + INTERNAL + "pass", TensorProto.DataType.INT64));
    body.proto.addInput(Protos.scalar(on, TensorProto.DataType.BOOL));
    body.proto.addNode(identity(on, still));
    body.proto.addOutput(Protos.scalar(still, TensorProto.DataType.BOOL));
    body.encodeNodes();
    loop.addAttribute(
        AttributeProto.newBuilder()
            .setName("body")
            .setType(AttributeProto.AttributeType.GRAPH)
            .setG(body.proto));
    return loop;
  }

  /** How often, one number. */
  private String passes(Node node, Attributes.Repetition repetition) {
    String rows = name(node) + "/rows";
    String whole = name(node) + "/whole";
    String passes = name(node) + "/passes";
    proto.addNode(size(node, 1, rows));
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("Div")
            .addInput(rows)
            .addInput(int64s(node, "each", repetition.rows()))
            .addOutput(whole));
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("Min")
            .addInput(whole)
            .addInput(int64s(node, "most", repetition.most()))
            .addOutput(passes));
    return passes;
  }

  /** Of an axis of a node's first input. */
  private NodeProto.Builder size(Node node, int axis, String output) {
    return NodeProto.newBuilder()
        .setOpType("Shape")
        .addInput(name(node.inputs().get(0)))
        .addOutput(output)
        .addAttribute(of("start", axis))
        .addAttribute(of("end", axis + 1));
  }

  private static NodeProto.Builder identity(String input, String output) {
    return NodeProto.newBuilder().setOpType("Identity").addInput(input).addOutput(output);
  }

  private NodeProto.Builder plain(String operator, Node node) {
    NodeProto.Builder builder = NodeProto.newBuilder().setOpType(operator);
    node.inputs().forEach(input -> builder.addInput(name(input)));
    return builder;
  }

  private NodeProto.Builder cumulativeSum(Node node) {
    String axis = name(node) + "/axis";
    proto.addInitializer(Protos.int64(axis, axis(node)));
    return plain("CumSum", node).addInput(axis);
  }

  private NodeProto.Builder fusedMatMul(Node node, Attributes.Product product) {
    return plain("FusedMatMul", node)
        .setDomain(OnnxWriter.MICROSOFT)
        .addAttribute(of("transA", product.transposeA() ? 1 : 0))
        .addAttribute(of("transB", product.transposeB() ? 1 : 0))
        .addAttribute(of("alpha", product.alpha()));
  }

  private NodeProto.Builder transpose(Node node, List<Integer> axes) {
    AttributeProto.Builder perm =
        AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
    axes.forEach(perm::addInts);
    return plain("Transpose", node).addAttribute(perm);
  }

  /** In a target shape, ONNX reads 0 as: the size that the input has at this axis. */
  private NodeProto.Builder reshape(Node node, GraphShape target) {
    long[] sizes =
        target.dims().stream()
            .mapToLong(dim -> dim instanceof Dim.Fixed fixed ? fixed.size() : 0)
            .toArray();
    return withInt64s("Reshape", node, "shape", sizes);
  }

  private NodeProto.Builder expand(Node node) {
    String target = name(node) + "/target";
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("Shape")
            .addInput(name(node.inputs().get(1)))
            .addOutput(target));
    return NodeProto.newBuilder()
        .setOpType("Expand")
        .addInput(name(node.inputs().get(0)))
        .addInput(target);
  }

  private NodeProto.Builder slice(Node node, Attributes.Range range) {
    return plain("Slice", node)
        .addInput(int64s(node, "starts", range.start()))
        .addInput(int64s(node, "ends", range.end()))
        .addInput(int64s(node, "axes", range.axis()));
  }

  private NodeProto.Builder pad(Node node, Attributes.Padding padding) {
    return plain("Pad", node)
        .addInput(int64s(node, "pads", padding.before(), padding.after()))
        .addInput("")
        .addInput(int64s(node, "axes", padding.axis()));
  }

  /**
   * The last axis by two columns of ones, of which one is kept: in a product with a single column
   * the bits of a row can depend on how many rows there are.
   */
  private NodeProto.Builder sum(Node node, int axis, GraphShape shape) {
    int fromEnd = shape.rank() - axis;
    if (fromEnd > 2 || shape.rank() < 2) {
      return withInt64s("ReduceSum", node, "axes", axis).addAttribute(of("keepdims", 1));
    }
    String summed = name(node.inputs().get(0));
    Dim summedDim = shape.dim(axis);
    String ones = ones(node, axis, new Ones(summedDim, fromEnd == 1));
    if (fromEnd == 2) {
      return NodeProto.newBuilder().setOpType("MatMul").addInput(ones).addInput(summed);
    }
    String twice = name(node) + "/twice";
    List<Dim> ofTwice = new ArrayList<>(shape.dims());
    ofTwice.set(axis, Dim.of(2));
    shape(twice, new GraphShape(ofTwice));
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("MatMul")
            .addInput(summed)
            .addInput(ones)
            .addOutput(twice));
    return NodeProto.newBuilder()
        .setOpType("Slice")
        .addInput(twice)
        .addInput(int64s(node, "starts", 0))
        .addInput(int64s(node, "ends", 1))
        .addInput(int64s(node, "axes", axis));
  }

  /** [n, 2], or [1, n], where n is the size of a dim when the graph runs. */
  private record Ones(Dim dim, boolean columns) {
    GraphShape shape() {
      return new GraphShape(columns ? List.of(dim, Dim.of(2)) : List.of(Dim.ONE, dim));
    }
  }

  /** Once for all sums over a dim in this graph; one that is repeated has its own. */
  private String ones(Node node, int axis, Ones kind) {
    String before = ones.get(kind);
    if (before != null) {
      return before;
    }
    String made = name(node) + "/ones";
    String size = name(node) + "/size";
    String other = int64s(node, "other", kind.columns() ? 2 : 1);
    String target = name(node) + "/target";
    proto.addNode(size(node, axis, size));
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("Concat")
            .addInput(kind.columns() ? size : other)
            .addInput(kind.columns() ? other : size)
            .addOutput(target)
            .addAttribute(of("axis", 0)));
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("ConstantOfShape")
            .addInput(target)
            .addOutput(made)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .setT(Protos.tensor("one", Tensor.vector(1f)))));
    shape(made, kind.shape());
    ones.put(kind, made);
    return made;
  }

  private NodeProto.Builder withInt64s(String operator, Node node, String role, long... values) {
    return plain(operator, node).addInput(int64s(node, role, values));
  }

  private String int64s(Node node, String role, long... values) {
    String name = name(node) + "/" + role;
    proto.addInitializer(Protos.int64s(name, values));
    return name;
  }

  private String name(Node node) {
    String name = names.get(node);
    if (name == null) {
      throw new IllegalStateException(
          node + " is not among the nodes of graph '" + graph.name() + "'.");
    }
    return name;
  }

  private static int axis(Node node) {
    return node.attributes(Attributes.Axis.class).axis();
  }

  private static AttributeProto of(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto of(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }
}
