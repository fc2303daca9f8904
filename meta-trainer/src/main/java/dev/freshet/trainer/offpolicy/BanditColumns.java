package dev.freshet.trainer.offpolicy;

import java.util.ArrayList;
import java.util.List;

/**
 * Which columns of a file hold what, by their names in its first line.
 *
 * @param context categories known before the choice; may be empty
 */
public record BanditColumns(
    String action, String position, String reward, String propensity, List<String> context) {
  /** As the Open Bandit Dataset has them (Saito and others, 2021). */
  public static final BanditColumns OPEN_BANDIT =
      new BanditColumns(
          "item_id",
          "position",
          "click",
          "propensity_score",
          List.of("user_feature_0", "user_feature_1", "user_feature_2", "user_feature_3"));

  public BanditColumns {
    context = List.copyOf(context);
  }

  /** The same with another context. */
  public BanditColumns withContext(List<String> other) {
    return new BanditColumns(action, position, reward, propensity, other);
  }

  List<String> all() {
    List<String> all = new ArrayList<>(List.of(action, position, reward, propensity));
    all.addAll(context);
    return all;
  }
}
