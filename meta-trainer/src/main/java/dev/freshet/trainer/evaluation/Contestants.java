package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.runtime.Yardsticks;
import java.util.ArrayList;
import java.util.List;

/** Everyone who is judged: entrants in their order, then the yardsticks. */
final class Contestants implements AutoCloseable {
  private final List<Contestant> all = new ArrayList<>();
  private final List<Seat> seats = new ArrayList<>();

  Contestants(EvaluationSettings settings, int features) {
    try {
      List<Contestant> entrants = new ArrayList<>();
      for (Entrant entrant : settings.entrants()) {
        entrants.add(opened(ReleaseContestant.adapted(entrant.name(), entrant.release())));
      }
      Entrant first = settings.entrants().get(0);
      Contestant unadapted =
          opened(ReleaseContestant.unadapted(Yardstick.UNADAPTED.tableName(), first.release()));
      Contestant prototype =
          opened(
              ReleaseContestant.adapted(
                  Yardstick.PROTOTYPE.tableName(), Yardsticks.prototype(features)));
      Contestant regression =
          opened(new RegressionContestant(settings.logisticConstant(), features));
      Names.inOrder(settings.names())
          .forEach(
              names -> {
                entrants.forEach(e -> seats.add(new Seat(e, Seat.Kind.ENTRANT, names)));
                seats.add(new Seat(prototype, Seat.Kind.YARDSTICK, names));
                seats.add(new Seat(regression, Seat.Kind.YARDSTICK, names));
              });
      seats.add(entrants.size(), new Seat(unadapted, Seat.Kind.UNADAPTED, Names.GIVEN));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A seat for each contestant, for each way of using names. */
  List<Seat> seats() {
    return seats;
  }

  List<String> notices() {
    return all.stream().flatMap(contestant -> contestant.notices().stream()).toList();
  }

  @Override
  public void close() {
    all.forEach(Contestant::close);
  }

  private Contestant opened(Contestant contestant) {
    all.add(contestant);
    return contestant;
  }
}
