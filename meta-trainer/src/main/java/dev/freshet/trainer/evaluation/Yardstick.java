package dev.freshet.trainer.evaluation;

import java.util.Arrays;

/** What every learner is shown beside. */
public enum Yardstick {
  /** The first learner with the label names and no example. */
  UNADAPTED("unadapted"),
  /** The nearest mean in the encoder's space, with the same names. */
  PROTOTYPE("prototype"),
  /** Multinomial, fitted to convergence at every support, with the same names. */
  LOGISTIC_REGRESSION("logistic-regression");

  private final String tableName;

  Yardstick(String tableName) {
    this.tableName = tableName;
  }

  /** In tables and documents. */
  public String tableName() {
    return tableName;
  }

  static boolean isNameOfOne(String name) {
    return Arrays.stream(values()).anyMatch(yardstick -> yardstick.tableName.equals(name));
  }
}
