package dev.freshet.trainer.report;

import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.evaluation.EvaluationResults;
import dev.freshet.trainer.evaluation.Result;
import dev.freshet.trainer.evaluation.Shots;
import dev.freshet.trainer.evaluation.Yardstick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The rows of one number of ways, with or without names: a table and two plots.
 *
 * @param results of all learners and shots
 */
record Section(Ways ways, boolean names, List<Result> results) {

  private record Key(Ways ways, boolean names) {}

  /**
   * The sections of a page. A row of the un-adapted release, which always has the names, stands
   * with the others of its run: also where they have none.
   */
  static List<Section> of(EvaluationResults all) {
    boolean onlyHidden = all.results().stream().noneMatch(row -> row.names() && isAdapted(row));
    Map<Key, List<Result>> rows = new LinkedHashMap<>();
    for (Result row : all.results()) {
      Key key = new Key(row.ways(), row.names() && !onlyHidden);
      rows.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
    }
    List<Section> sections = new ArrayList<>();
    rows.forEach((key, some) -> sections.add(new Section(key.ways(), key.names(), some)));
    return sections;
  }

  private static boolean isAdapted(Result row) {
    return !row.learner().equals(Yardstick.UNADAPTED.tableName());
  }

  List<String> learners() {
    return List.copyOf(new LinkedHashSet<>(results.stream().map(Result::learner).toList()));
  }

  List<Shots> shots() {
    return List.copyOf(new TreeSet<>(results.stream().map(Result::shots).toList()));
  }

  Optional<Result> result(String learner, Shots shots) {
    return results.stream()
        .filter(row -> row.learner().equals(learner) && row.shots().equals(shots))
        .findFirst();
  }

  /** The row that stands for the section: overall, or five shots, or the last there is. */
  Shots typicalShots() {
    List<Shots> shots = shots();
    Shots last = shots.get(shots.size() - 1);
    return shots.contains(Shots.OVERALL) || !shots.contains(Shots.of(5)) ? last : Shots.of(5);
  }

  String title() {
    String labels =
        ways.count().isPresent() ? ways + " ways" : "all " + results.get(0).labels() + " labels";
    return labels + (names ? ", names given" : ", names hidden");
  }

  /** Part of file names. */
  String slug() {
    return ways + (names ? "-names" : "-no-names");
  }
}
