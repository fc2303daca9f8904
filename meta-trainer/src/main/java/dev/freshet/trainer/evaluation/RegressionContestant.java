package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.regression.FittedRegression;
import dev.freshet.trainer.regression.LogisticRegression;
import java.util.ArrayList;
import java.util.List;

/** Logistic regression, fitted anew to every support. */
final class RegressionContestant implements Contestant {
  private final LogisticRegression regression;
  private final int features;
  private long fits;
  private long unfinished;

  RegressionContestant(double constant, int features) {
    this.regression = new LogisticRegression(constant);
    this.features = features;
  }

  @Override
  public String name() {
    return Yardstick.LOGISTIC_REGRESSION.tableName();
  }

  @Override
  public List<String> notices() {
    return unfinished == 0
        ? List.of()
        : List.of(
            "%d of %d fits of logistic regression with C = %s did not converge: its rows are too low. Give a smaller constant."
                .formatted(unfinished, fits, regression.constant()));
  }

  @Override
  public Answers answer(List<Trial> trials) {
    List<List<double[]>> probabilities = new ArrayList<>();
    long adaptNanos = 0;
    for (Trial trial : trials) {
      long start = System.nanoTime();
      FittedRegression fitted = regression.fit(trial.support().rows(features));
      adaptNanos += System.nanoTime() - start;
      fits++;
      unfinished += fitted.converged() ? 0 : 1;
      probabilities.add(
          trial.questions().stream()
              .map(question -> fitted.probabilities(question.vector().values()))
              .toList());
    }
    return new Answers(probabilities, adaptNanos);
  }
}
