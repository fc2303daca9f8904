package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The prototype's constants on a grid: mean log loss over streams, each counted the same. The
 * learner runs once a name weight, at one temperature; any other follows from its probabilities, as
 * the logits are proportional to it.
 */
final class ConstantsGrid {
  private static final double[] NAME_WEIGHTS = {1, 1.25, 1.5, 1.75, 2};
  private static final double[] TEMPERATURES = {
    8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 24.5, 28
  };
  private static final double[] WAYS_POWERS = {-0.05, 0, 0.05};
  private static final double[] SHOTS_POWERS = {0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6};
  private static final double BASE_TEMPERATURE = 4;
  private static final int SHOWN = 8;

  private record Point(double nameWeight, double temperature, double waysPower, double shotsPower) {
    double scale(Support support) {
      double ways = support.ways();
      double shots = 1 + support.examples().size() / ways;
      return temperature * Math.pow(ways, waysPower) * Math.pow(shots, shotsPower);
    }
  }

  private record Measured(Point point, double logLoss, double accuracyPercent) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "log loss %.4f, accuracy %.2f %%: %s", logLoss, accuracyPercent, point);
    }
  }

  private final int features;
  private final List<List<Trial>> streams;
  private final List<Measured> results = new ArrayList<>();

  ConstantsGrid(int features, List<List<Trial>> streams) {
    this.features = features;
    this.streams = streams;
  }

  void search() {
    for (double nameWeight : NAME_WEIGHTS) {
      List<Answers> answers = new ArrayList<>();
      try (Contestant contestant = ReleaseContestant.adapted("grid", release(nameWeight))) {
        streams.forEach(trials -> answers.add(contestant.answer(trials)));
      }
      List<Measured> some = new ArrayList<>();
      for (double temperature : TEMPERATURES) {
        for (double waysPower : WAYS_POWERS) {
          for (double shotsPower : SHOTS_POWERS) {
            some.add(measure(new Point(nameWeight, temperature, waysPower, shotsPower), answers));
          }
        }
      }
      some.sort(Comparator.comparingDouble(Measured::logLoss));
      System.out.println("best at this name weight: " + some.get(0));
      results.addAll(some);
    }
    results.sort(Comparator.comparingDouble(Measured::logLoss));
    results.subList(0, SHOWN).forEach(System.out::println);
  }

  private Measured measure(Point point, List<Answers> answers) {
    double logLoss = 0;
    double accuracy = 0;
    for (int s = 0; s < streams.size(); s++) {
      Scorecard card = new Scorecard();
      for (int t = 0; t < streams.get(s).size(); t++) {
        Trial trial = streams.get(s).get(t);
        double power = point.scale(trial.support()) / BASE_TEMPERATURE;
        for (int q = 0; q < trial.questions().size(); q++) {
          double[] probabilities = answers.get(s).probabilities().get(t).get(q);
          int truth = trial.questions().get(q).truth();
          card.add(trial.unit(), tempered(probabilities, power), truth);
        }
      }
      logLoss += card.logLoss() / streams.size();
      accuracy += 100 * card.accuracy().share() / streams.size();
    }
    return new Measured(point, logLoss, accuracy);
  }

  private static double[] tempered(double[] probabilities, double power) {
    double[] result = new double[probabilities.length];
    double sum = 0;
    for (int way = 0; way < result.length; way++) {
      result[way] = Math.exp(power * Math.log(probabilities[way]));
      sum += result[way];
    }
    for (int way = 0; way < result.length; way++) {
      result[way] /= sum;
    }
    return result;
  }

  private Release release(double nameWeight) {
    Map<String, Double> chosen =
        Map.of(
            PrototypeLearner.NAME_WEIGHT.name(),
            nameWeight,
            PrototypeLearner.TEMPERATURE.name(),
            BASE_TEMPERATURE,
            PrototypeLearner.WAYS_POWER.name(),
            0.0,
            PrototypeLearner.SHOTS_POWER.name(),
            0.0);
    ReleaseDraft draft =
        new ReleaseDraft("grid", "grid", "any", "none", Map.of(), Optional.empty(), "# Grid\n");
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, chosen);
    return new ReleaseWriter().assemble(draft, new PrototypeLearner(features, settings));
  }
}
