package dev.freshet.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A contestant with or without names, and the scorecards it has filled so far. */
final class Seat {
  /** What a seat is for. */
  enum Kind {
    ENTRANT,
    YARDSTICK,
    /** Has nothing but the names, and so has them always. */
    UNADAPTED
  }

  private final Contestant contestant;
  private final Kind kind;
  private final boolean seesNames;
  private final Map<Shots, Scorecard> cards = new TreeMap<>();
  private long adaptNanos;
  private long adapted;

  Seat(Contestant contestant, Kind kind, Names names) {
    this.contestant = contestant;
    this.kind = kind;
    this.seesNames = names == Names.GIVEN || kind == Kind.UNADAPTED;
  }

  String learner() {
    return contestant.name();
  }

  boolean seesNames() {
    return seesNames;
  }

  /** Whether a row of the paired table sets this one against the other. */
  boolean isComparedWith(Seat other) {
    boolean alike = other.seesNames == seesNames || other.kind == Kind.UNADAPTED;
    return kind == Kind.ENTRANT && alike;
  }

  boolean isEntrant() {
    return kind == Kind.ENTRANT;
  }

  Map<Shots, Scorecard> cards() {
    return cards;
  }

  /** Of all questions of a stream. */
  Scorecard overall() {
    return card(Shots.OVERALL);
  }

  double adaptMicros() {
    return adapted == 0 ? 0 : adaptNanos / 1e3 / adapted;
  }

  /** Empties the cards: the next trials are of another row. */
  void clear() {
    cards.clear();
    adaptNanos = 0;
    adapted = 0;
  }

  /** Answers a few, and forgets it: the first calls of a program tell nothing about its speed. */
  void warmUp(List<Trial> trials) {
    contestant.answer(visible(trials.subList(0, Math.max(1, trials.size() / 10))));
  }

  void take(List<Trial> trials, boolean stream) {
    Answers answers = contestant.answer(visible(trials));
    adaptNanos += answers.adaptNanos();
    adapted += trials.size();
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      for (int q = 0; q < trial.questions().size(); q++) {
        count(trial, trial.questions().get(q), answers.probabilities().get(i).get(q), stream);
      }
    }
  }

  private void count(Trial trial, Trial.Question question, double[] probabilities, boolean stream) {
    card(Shots.of(question.shots())).add(trial.unit(), probabilities, question.truth());
    if (stream) {
      card(Shots.OVERALL).add(trial.unit(), probabilities, question.truth());
    }
  }

  private Scorecard card(Shots shots) {
    return cards.computeIfAbsent(shots, unused -> new Scorecard());
  }

  private List<Trial> visible(List<Trial> trials) {
    if (seesNames) {
      return trials;
    }
    List<Trial> visible = new ArrayList<>();
    trials.forEach(trial -> visible.add(trial.withoutNames()));
    return visible;
  }
}
