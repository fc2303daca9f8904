package dev.freshet.adaptation.runtime;

import java.util.Random;

/**
 * Gradient steps of a network with ReLU layers and a softmax, as one would write them down: what
 * the graphs stand beside. Without a hidden layer it is a linear head.
 */
final class PlainLoop {
  private static final float RATE = 0.1f;

  private final int steps;
  private final float[][] x;
  private final int ways;
  private final float[][][] shared;

  /**
   * @param widths of the input, the hidden layers and the output
   */
  PlainLoop(int rows, int steps, int... widths) {
    Random random = new Random(1);
    this.steps = steps;
    this.ways = widths[widths.length - 1];
    this.x = random(random, rows, widths[0]);
    this.shared = new float[widths.length - 1][][];
    for (int layer = 0; layer < shared.length; layer++) {
      shared[layer] = random(random, widths[layer + 1], widths[layer]);
    }
  }

  private static float[][] random(Random random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
      }
    }
    return values;
  }

  /** One task; the result keeps the work from being optimised away. */
  float adapt() {
    float[][][] weights = new float[shared.length][][];
    for (int layer = 0; layer < shared.length; layer++) {
      weights[layer] = new float[shared[layer].length][];
      for (int out = 0; out < shared[layer].length; out++) {
        weights[layer][out] = shared[layer][out].clone();
      }
    }
    for (int step = 0; step < steps; step++) {
      step(weights);
    }
    return weights[0][0][0];
  }

  /** Means of the ways; the result keeps the work from being optimised away. */
  float means() {
    float[][] means = new float[ways][x[0].length];
    float share = (float) ways / x.length;
    for (int row = 0; row < x.length; row++) {
      float[] mean = means[row % ways];
      for (int f = 0; f < mean.length; f++) {
        mean[f] += share * x[row][f];
      }
    }
    return means[0][0];
  }

  private void step(float[][][] weights) {
    float[][][] moves = new float[weights.length][][];
    for (int layer = 0; layer < weights.length; layer++) {
      moves[layer] = new float[weights[layer].length][weights[layer][0].length];
    }
    for (int row = 0; row < x.length; row++) {
      float[][] h = new float[weights.length + 1][];
      h[0] = x[row];
      for (int layer = 0; layer < weights.length; layer++) {
        h[layer + 1] = layer(weights[layer], h[layer], layer + 1 < weights.length);
      }
      float[] delta = softmaxLess(h[weights.length], row % ways);
      for (int layer = weights.length - 1; layer >= 0; layer--) {
        add(moves[layer], delta, h[layer]);
        delta = layer == 0 ? delta : back(weights[layer], delta, h[layer]);
      }
    }
    for (int layer = 0; layer < weights.length; layer++) {
      for (int out = 0; out < weights[layer].length; out++) {
        for (int in = 0; in < weights[layer][out].length; in++) {
          weights[layer][out][in] -= RATE / x.length * moves[layer][out][in];
        }
      }
    }
  }

  private static float[] layer(float[][] weights, float[] in, boolean relu) {
    float[] result = new float[weights.length];
    for (int out = 0; out < weights.length; out++) {
      float sum = 0;
      for (int i = 0; i < in.length; i++) {
        sum += weights[out][i] * in[i];
      }
      result[out] = relu ? Math.max(sum, 0) : sum;
    }
    return result;
  }

  private static float[] softmaxLess(float[] logits, int label) {
    float sum = 0;
    float[] result = new float[logits.length];
    for (int way = 0; way < logits.length; way++) {
      result[way] = (float) Math.exp(logits[way]);
      sum += result[way];
    }
    for (int way = 0; way < logits.length; way++) {
      result[way] = result[way] / sum - (way == label ? 1 : 0);
    }
    return result;
  }

  private static float[] back(float[][] weights, float[] deltas, float[] h) {
    float[] result = new float[h.length];
    for (int out = 0; out < deltas.length; out++) {
      for (int i = 0; i < h.length; i++) {
        result[i] += weights[out][i] * deltas[out];
      }
    }
    for (int i = 0; i < h.length; i++) {
      result[i] = h[i] > 0 ? result[i] : 0;
    }
    return result;
  }

  private static void add(float[][] moves, float[] deltas, float[] h) {
    for (int out = 0; out < deltas.length; out++) {
      for (int i = 0; i < h.length; i++) {
        moves[out][i] += deltas[out] * h[i];
      }
    }
  }
}
