package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.items.ItemLayout;
import java.util.List;
import java.util.Random;

/**
 * What the default heads for items do, as one would write it down: a ridge posterior by a Cholesky
 * factor and a set encoder of width 32; its answers; and a product with each row of a catalogue.
 */
final class PlainReaders {
  private static final int WIDTH = 32;

  private final int unknowns;
  private final int features;
  private final float[] rows;
  private final float[][] events;
  private final float[][] items;
  private final float[][] rowWeights;
  private final float[][] poolWeights;
  private final float[][] queryWeights;
  private final float[][] hiddenWeights;
  private final float[] direction;

  PlainReaders(ItemLayout layout, float[] rows, int events, int candidates) {
    Random random = new Random(1);
    this.unknowns = layout.ratingFactors() + 1;
    this.features = layout.features();
    this.rows = rows;
    this.events = random(random, events, unknowns + 1);
    this.items = random(random, candidates, unknowns + 1);
    this.rowWeights = random(random, WIDTH, unknowns + 4);
    this.poolWeights = random(random, WIDTH, WIDTH + 2);
    this.queryWeights = random(random, WIDTH, unknowns + 3);
    this.hiddenWeights = random(random, WIDTH, WIDTH);
    this.direction = random(random, 1, features)[0];
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

  /** One user; the result keeps the work from being optimised away. */
  float adapt() {
    float[] user = posterior();
    float[] pooled = new float[WIDTH + 2];
    float[] in = new float[unknowns + 4];
    for (float[] event : events) {
      float fit = dot(event, user, unknowns);
      System.arraycopy(event, 0, in, 0, unknowns + 1);
      in[unknowns + 1] = event[unknowns];
      in[unknowns + 2] = fit;
      in[unknowns + 3] = event[unknowns] - fit;
      float[] hidden = layer(rowWeights, in, true);
      for (int i = 0; i < WIDTH; i++) {
        pooled[i] += hidden[i] / (events.length + 1);
      }
    }
    pooled[WIDTH] = events.length / (events.length + 2f);
    pooled[WIDTH + 1] = events.length / (events.length + 10f);
    return user[0] + layer(poolWeights, pooled, false)[0];
  }

  private float[] posterior() {
    float[][] lower = new float[unknowns][unknowns];
    float[] right = new float[unknowns];
    for (int j = 0; j < unknowns; j++) {
      lower[j][j] = 1;
    }
    for (float[] event : events) {
      for (int j = 0; j < unknowns; j++) {
        right[j] += event[j] * event[unknowns];
        for (int k = 0; k <= j; k++) {
          lower[j][k] += event[j] * event[k];
        }
      }
    }
    for (int j = 0; j < unknowns; j++) {
      for (int k = 0; k <= j; k++) {
        float rest = lower[j][k] - dot(lower[j], lower[k], k);
        lower[j][k] = j == k ? (float) Math.sqrt(rest) : rest / lower[k][k];
      }
      right[j] = (right[j] - dot(lower[j], right, j)) / lower[j][j];
    }
    for (int j = unknowns - 1; j >= 0; j--) {
      for (int k = j + 1; k < unknowns; k++) {
        right[j] -= lower[k][j] * right[k];
      }
      right[j] /= lower[j][j];
    }
    return right;
  }

  /** Answers for all candidates of one user; the result keeps the work. */
  float candidates() {
    float last = 0;
    float[] in = new float[unknowns + 3];
    for (float[] item : items) {
      System.arraycopy(item, 0, in, 0, unknowns + 1);
      in[unknowns + 1] = dot(item, direction, unknowns);
      in[unknowns + 2] = in[unknowns + 1] + item[unknowns];
      float[] deep = layer(hiddenWeights, layer(queryWeights, in, true), true);
      last += dot(deep, direction, WIDTH);
    }
    return last;
  }

  private static float[] layer(float[][] weights, float[] in, boolean relu) {
    float[] result = new float[weights.length];
    for (int out = 0; out < weights.length; out++) {
      float sum = dot(weights[out], in, in.length);
      result[out] = relu ? Math.max(sum, 0) : sum;
    }
    return result;
  }

  private static float dot(float[] a, float[] b, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The best of all rows. */
  List<RankedItem> top(int k) {
    TopSelection selection = new TopSelection(k, position -> false);
    float[] scores = new float[rows.length / features];
    for (int row = 0; row < scores.length; row++) {
      float sum = 0;
      for (int i = 0; i < features; i++) {
        sum += rows[row * features + i] * direction[i];
      }
      scores[row] = sum;
    }
    selection.offer(scores, scores.length, 0);
    return selection.best();
  }
}
