package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.episode.Ways;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The rows so far, and who leads whom. */
final class Table {
  private final List<Result> results = new ArrayList<>();
  private final List<PairedDifference> paired = new ArrayList<>();

  /** What the seats have on their cards; all of them answered the same questions. */
  void add(Ways ways, List<Seat> seats) {
    TreeSet<Shots> shots = new TreeSet<>();
    seats.forEach(seat -> shots.addAll(seat.cards().keySet()));
    for (Shots row : shots) {
      seats.forEach(seat -> addResult(ways, row, seat));
      for (int i = 0; i < seats.size(); i++) {
        for (int j = 0; j < seats.size(); j++) {
          boolean paired = seats.get(j).isEntrant() && j <= i;
          if (!paired && seats.get(i).isComparedWith(seats.get(j))) {
            addPair(ways, row, seats.get(i), seats.get(j));
          }
        }
      }
    }
  }

  List<Result> results() {
    return results;
  }

  List<PairedDifference> paired() {
    return paired;
  }

  private void addResult(Ways ways, Shots shots, Seat seat) {
    Scorecard card = seat.cards().get(shots);
    if (card == null) {
      return;
    }
    Estimate accuracy = card.accuracy();
    results.add(
        new Result(
            seat.learner(),
            ways,
            card.waysMax(),
            shots,
            seat.seesNames(),
            card.units(),
            card.questions(),
            accuracy.share(),
            accuracy.halfWidth(),
            card.calibration().error(),
            card.logLoss(),
            seat.adaptMicros(),
            card.calibration().bins()));
  }

  private void addPair(Ways ways, Shots shots, Seat seat, Seat other) {
    Scorecard card = seat.cards().get(shots);
    Scorecard theirs = other.cards().get(shots);
    if (card == null || theirs == null) {
      return;
    }
    Estimate lead = card.lead(theirs);
    lead.halfWidth()
        .ifPresent(
            halfWidth ->
                paired.add(
                    new PairedDifference(
                        seat.learner(),
                        other.learner(),
                        ways,
                        shots,
                        seat.seesNames(),
                        card.units(),
                        lead.share(),
                        halfWidth)));
  }
}
