package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.Corpus;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is judged, on what, and how.
 *
 * @param entrants at least one; the first is also the one that is shown un-adapted
 * @param corpus what tasks are made of; no category and no text of it may have been trained on
 * @param training what the entrants were trained on, as far as it is at hand
 * @param episodes how many for each row; of a stream, how many tasks
 * @param seed decides which tasks
 * @param names at least one; each gives rows of its own
 * @param logisticConstant C of logistic regression
 * @param embeddings directory where vectors are kept for the next run; empty to keep none
 */
public record EvaluationSettings(
    List<Entrant> entrants,
    Corpus corpus,
    List<Corpus> training,
    Protocol protocol,
    int episodes,
    long seed,
    Set<Names> names,
    double logisticConstant,
    Optional<Path> embeddings) {
  public EvaluationSettings {
    entrants = List.copyOf(entrants);
    training = List.copyOf(training);
    names = Set.copyOf(names);
    Set<String> called = new HashSet<>();
    for (Entrant entrant : entrants) {
      if (!called.add(entrant.name())) {
        throw new IllegalArgumentException("Two learners are called '" + entrant.name() + "'.");
      }
    }
    if (entrants.isEmpty() || names.isEmpty()) {
      throw new IllegalArgumentException("Give at least one learner, and names or no names.");
    }
    if (episodes < 1 || episodes > 1_000_000) {
      throw new IllegalArgumentException("episodes is " + episodes + ", expected 1 to 1000000.");
    }
  }

  /** One release on one corpus, with the label names. */
  public static EvaluationSettings of(
      Release release, Corpus corpus, Protocol protocol, int episodes, long seed) {
    return new EvaluationSettings(
        List.of(new Entrant(Entrant.DEFAULT, release)),
        corpus,
        List.of(),
        protocol,
        episodes,
        seed,
        Set.of(Names.GIVEN),
        protocol.logisticConstant(),
        Optional.empty());
  }

  public EvaluationSettings withEntrants(List<Entrant> others) {
    return new EvaluationSettings(
        others, corpus, training, protocol, episodes, seed, names, logisticConstant, embeddings);
  }

  public EvaluationSettings withTraining(List<Corpus> corpora) {
    return new EvaluationSettings(
        entrants, corpus, corpora, protocol, episodes, seed, names, logisticConstant, embeddings);
  }

  public EvaluationSettings withNames(Set<Names> use) {
    return new EvaluationSettings(
        entrants, corpus, training, protocol, episodes, seed, use, logisticConstant, embeddings);
  }

  public EvaluationSettings withLogisticConstant(double constant) {
    return new EvaluationSettings(
        entrants, corpus, training, protocol, episodes, seed, names, constant, embeddings);
  }

  public EvaluationSettings withEmbeddings(Path directory) {
    return new EvaluationSettings(
        entrants,
        corpus,
        training,
        protocol,
        episodes,
        seed,
        names,
        logisticConstant,
        Optional.of(directory));
  }
}
