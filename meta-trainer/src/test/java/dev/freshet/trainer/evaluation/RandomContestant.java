package dev.freshet.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Guesses, and says how sure it is at random too. */
final class RandomContestant implements Contestant {
  private final Random random = new Random(23);

  @Override
  public String name() {
    return "random";
  }

  @Override
  public Answers answer(List<Trial> trials) {
    List<List<double[]>> answers = new ArrayList<>();
    for (Trial trial : trials) {
      answers.add(trial.questions().stream().map(unused -> guess(trial.support().ways())).toList());
    }
    return new Answers(answers, 0);
  }

  private double[] guess(int ways) {
    double[] guess = IntStream.range(0, ways).mapToDouble(way -> random.nextDouble()).toArray();
    double sum = 0;
    for (double one : guess) {
      sum += one;
    }
    for (int way = 0; way < ways; way++) {
      guess[way] /= sum;
    }
    return guess;
  }
}
