package dev.freshet.adaptation.runtime;

import java.util.Random;

/** Tasks and vectors out of a seed. */
final class RandomTasks {
  private final Random random;
  private final int features;

  RandomTasks(long seed, int features) {
    this.random = new Random(seed);
    this.features = features;
  }

  /** Up to this many ways and rows: some ways nameless, some without rows, some tasks empty. */
  SupportSet task(int waysMax, int examplesMax) {
    int ways = 1 + random.nextInt(waysMax);
    SupportSet.Builder builder = SupportSet.builder(features, ways);
    for (int way = 0; way < ways; way++) {
      if (random.nextInt(4) > 0) {
        builder.name(way, vector());
      }
    }
    int examples = random.nextInt(examplesMax + 1);
    for (int i = 0; i < examples; i++) {
      builder.example(random.nextInt(ways), vector());
    }
    return builder.build();
  }

  SupportSet scoringTask(int examplesMax) {
    SupportSet.Builder builder = SupportSet.builder(features, 1);
    int examples = random.nextInt(examplesMax + 1);
    for (int i = 0; i < examples; i++) {
      builder.scored(random.nextFloat(), vector());
    }
    return builder.build();
  }

  /** Five ways, so many examples of each, names too: what the benchmark and the paper use. */
  SupportSet even(int ways, int shots) {
    SupportSet.Builder builder = SupportSet.builder(features, ways);
    for (int i = 0; i < ways * shots; i++) {
      builder.example(i % ways, vector());
    }
    return builder.build();
  }

  /** Of unit length, like an encoder's. */
  float[] vector() {
    float[] vector = new float[features];
    double squares = 0;
    for (int i = 0; i < features; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < features; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  int upTo(int max) {
    return 1 + random.nextInt(max);
  }

  Random random() {
    return random;
  }
}
