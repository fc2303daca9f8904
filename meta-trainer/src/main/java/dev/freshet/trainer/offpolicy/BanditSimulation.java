package dev.freshet.trainer.offpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up shop window: six kinds of visitors, equally frequent, ten actions, clicks with a
 * probability for each kind and action. The logging policy shows what it takes for good more often,
 * but everything with a probability of 0.02 at least. The truth is a finite sum.
 */
public final class BanditSimulation {
  private static final int KINDS = 6;
  private static final int ACTIONS = 10;
  private static final double CLICKS_MIN = 0.02;
  private static final double CLICKS_MAX = 0.3;
  private static final double SHARP = 12;
  private static final double LOGGING_UNIFORM = 0.2;
  private static final double TARGET_UNIFORM = 0.1;

  private final long seed;
  private final double[][] clicks = new double[KINDS][ACTIONS];
  private final double[][] logging = new double[KINDS][ACTIONS];

  /** A window by a seed: click probabilities, and a logging policy that knows them roughly. */
  public BanditSimulation(long seed) {
    this.seed = seed;
    Random random = new Random(seed);
    for (int kind = 0; kind < KINDS; kind++) {
      double sum = 0;
      for (int action = 0; action < ACTIONS; action++) {
        clicks[kind][action] = CLICKS_MIN + (CLICKS_MAX - CLICKS_MIN) * random.nextDouble();
        double guess = clicks[kind][action] + 0.05 * random.nextGaussian();
        logging[kind][action] = StrictMath.exp(SHARP * guess);
        sum += logging[kind][action];
      }
      for (int action = 0; action < ACTIONS; action++) {
        logging[kind][action] =
            LOGGING_UNIFORM / ACTIONS + (1 - LOGGING_UNIFORM) * logging[kind][action] / sum;
      }
    }
  }

  /**
   * A log of this window.
   *
   * @param rows two or more
   * @param run the same run has the same rows; another is an independent log
   */
  public BanditLog log(int rows, long run) {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L ^ run * 0xbf58476d1ce4e5b9L);
    List<LoggedChoice> choices = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int kind = random.nextInt(KINDS);
      int action = drawn(logging[kind], random.nextDouble());
      double reward = random.nextDouble() < clicks[kind][action] ? 1 : 0;
      choices.add(
          new LoggedChoice(
              name(action), "1", reward, logging[kind][action], List.of("kind-" + kind)));
    }
    return BanditLog.of("simulation " + seed, choices);
  }

  /** The policies that are asked about, with what they earn in truth. */
  public List<TargetPolicy> policies() {
    return List.of(new UniformPolicy(actions()), new Best());
  }

  /** What a policy earns a row in truth. */
  public double truth(TargetPolicy policy) {
    double sum = 0;
    for (int kind = 0; kind < KINDS; kind++) {
      for (int action = 0; action < ACTIONS; action++) {
        double probability = policy.probability(name(action), "1", List.of("kind-" + kind));
        sum += probability * clicks[kind][action] / KINDS;
      }
    }
    return sum;
  }

  private static List<String> actions() {
    List<String> actions = new ArrayList<>();
    for (int action = 0; action < ACTIONS; action++) {
      actions.add(name(action));
    }
    return actions;
  }

  private static String name(int action) {
    return "action-" + action;
  }

  private static int drawn(double[] probabilities, double uniform) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i];
      if (uniform < sum) {
        return i;
      }
    }
    return probabilities.length - 1;
  }

  /** What every kind of visitor likes best, but for a tenth, which is anything. */
  private final class Best implements TargetPolicy {
    @Override
    public String name() {
      return "best";
    }

    @Override
    public List<String> actions() {
      return BanditSimulation.actions();
    }

    @Override
    public double probability(String action, String position, List<String> context) {
      int kind = Integer.parseInt(context.get(0).substring("kind-".length()));
      int best = 0;
      for (int other = 1; other < ACTIONS; other++) {
        best = clicks[kind][other] > clicks[kind][best] ? other : best;
      }
      return TARGET_UNIFORM / ACTIONS
          + (action.equals(BanditSimulation.name(best)) ? 1 - TARGET_UNIFORM : 0);
    }
  }
}
