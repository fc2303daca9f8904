package dev.freshet.trainer.bench;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.training.Beginning;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is measured: 5 ways and 5 shots, without names. */
enum DeviceWork {
  /** The release that ships, 384 features. */
  DEFAULT("default"),
  /** Its answers to as many queries as a task has examples. */
  PREDICT("default-predict"),
  /** Five steps of a linear head over 384 features. */
  LINEAR_HEAD("linear-head-384"),
  /** Five steps of 64-64-64-5, second order where differentiated. */
  NETWORK("mlp-64-64-64-5"),
  /** The outer gradient through those steps. */
  META_GRADIENT("mlp-64-64-64-5-meta-gradient");

  static final int WAYS = 5;
  static final int ROWS = 25;

  private final String id;

  DeviceWork(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  Learner learner() {
    return switch (this) {
      case DEFAULT, PREDICT -> Beginning.of(ShippedRelease.CATEGORIES.assemble());
      case LINEAR_HEAD -> Learners.ANIL.create(384, Map.of("steps", 5.0));
      case NETWORK, META_GRADIENT ->
          Learners.MAML.create(64, Map.of("hidden1", 64.0, "hidden2", 64.0));
    };
  }

  Graph graph(Learner learner) {
    return switch (this) {
      case DEFAULT, LINEAR_HEAD, NETWORK -> learner.adaptGraph();
      case PREDICT -> learner.predictGraph();
      case META_GRADIENT -> MetaGradient.graph(learner);
    };
  }

  /** Random unit vectors: the same tasks at every call, of more tasks the same first ones. */
  Map<String, Tensor> inputs(Learner learner, int tasks) {
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    inputs.put("support_x", vectors(tasks, learner.features()));
    inputs.put("support_y", labels(tasks));
    inputs.put("support_mask", Tensor.full(Shape.of(tasks, ROWS), 1f));
    inputs.put("support_name", Tensor.full(Shape.of(tasks, ROWS), 0f));
    inputs.put("support_square", Tensor.full(Shape.of(tasks, ROWS), 1f));
    inputs.put("way_mask", Tensor.full(Shape.of(tasks, WAYS), 1f));
    if (this == PREDICT) {
      inputs.put("query_x", vectors(new Random(2), tasks, learner.features()));
      try (CompiledGraph adapt = CompiledGraph.of(learner.adaptGraph(), Device.CPU)) {
        inputs.putAll(adapt.run(inputs));
      }
    }
    if (this == META_GRADIENT) {
      inputs.put("query_x", vectors(new Random(2), tasks, learner.features()));
      inputs.put("query_y", labels(tasks));
      inputs.put("query_weight", Tensor.full(Shape.of(tasks, ROWS), 1f / ROWS));
    }
    return inputs;
  }

  /** Of all tasks' examples, [tasks, {@link #ROWS}, features]. */
  static Tensor vectors(int tasks, int features) {
    return vectors(new Random(1), tasks, features);
  }

  private static Tensor vectors(Random random, int tasks, int features) {
    float[] values = new float[tasks * ROWS * features];
    for (int row = 0; row < tasks * ROWS; row++) {
      double square = 0;
      for (int f = 0; f < features; f++) {
        // Even numbers are far cheaper than normal ones, and as good here.
        float value = 2 * random.nextFloat() - 1;
        values[row * features + f] = value;
        square += value * value;
      }
      for (int f = 0; f < features; f++) {
        values[row * features + f] /= (float) Math.sqrt(square);
      }
    }
    return Tensor.of(Shape.of(tasks, ROWS, features), values);
  }

  private static Tensor labels(int tasks) {
    float[] values = new float[tasks * ROWS * WAYS];
    for (int row = 0; row < tasks * ROWS; row++) {
      values[row * WAYS + row % WAYS] = 1f;
    }
    return Tensor.of(Shape.of(tasks, ROWS, WAYS), values);
  }
}
