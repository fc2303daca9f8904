package dev.freshet.trainer.offpolicy;

/**
 * Rows of a log that cannot be used, by the first reason.
 *
 * @param incomplete a cell is missing, or the action is empty
 * @param reward is not a finite number
 * @param propensity is not a number above 0, at most 1
 */
public record RefusedRows(int incomplete, int reward, int propensity) {
  public static final RefusedRows NONE = new RefusedRows(0, 0, 0);

  public int total() {
    return incomplete + reward + propensity;
  }

  @Override
  public String toString() {
    return "%d rows without all cells, %d whose reward is no finite number, %d whose propensity is not above 0 and at most 1"
        .formatted(incomplete, reward, propensity);
  }
}
