package dev.freshet.trainer.recommendation;

/** What is measured of each user. */
public enum Metric {
  /** Mean absolute error over the user's queries. */
  MAE("mae", true),
  /** Mean squared error over the user's queries; the table shows the root of its mean. */
  SQUARED_ERROR("rmse", true),
  NDCG10("ndcg10", false),
  HR10("hr10", false),
  RECALL20("recall20", false);

  private final String field;
  private final boolean ofNumbers;

  Metric(String field, boolean ofNumbers) {
    this.field = field;
    this.ofNumbers = ofNumbers;
  }

  /** Its name in the results. */
  public String field() {
    return field;
  }

  /** Whether it judges numbers, not orders. */
  public boolean ofNumbers() {
    return ofNumbers;
  }
}
