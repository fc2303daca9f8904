package dev.freshet.job.adapt;

import dev.freshet.job.adapt.AdaptedSupport.Variant;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.stamp.QueryHeads;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Basis;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A query of a micro-batch with the support of its own prefix, on its way to its prediction. */
final class OpenQuery {
  private final StampedEvent stamped;
  private final QueryAsked query;
  private final boolean opened;
  private final AdaptedSupport support;
  private final List<String> heads;
  private final Answer[] answers;
  private final Optional<ItemView> items;
  private final Optional<Ranking> ranking;
  private OptionalDouble propensity = OptionalDouble.empty();

  /**
   * @param items of the release at the query's position; empty where it has none
   */
  OpenQuery(
      StampedEvent stamped, boolean opened, AdaptedSupport support, Optional<ItemView> items) {
    this.stamped = stamped;
    this.query = (QueryAsked) stamped.event();
    this.items = items;
    this.ranking =
        query.ranks()
            ? items.map(view -> new Ranking(query, view, support.seen()))
            : Optional.empty();
    this.opened = opened;
    this.support = support;
    this.heads = QueryHeads.of(query, support.release().manifest());
    this.answers = new Answer[heads.size()];
  }

  static Variant variant(String head) {
    return switch (head) {
      case Prediction.UNADAPTED -> Variant.UNADAPTED;
      case Prediction.PROTOTYPE -> Variant.PROTOTYPE;
      default -> Variant.ADAPTED;
    };
  }

  AdaptedSupport support() {
    return support;
  }

  StampedEvent stamped() {
    return stamped;
  }

  List<String> heads() {
    return heads;
  }

  /** Which items are to be put in order; empty where it asks about its features. */
  Optional<Ranking> ranking() {
    return ranking;
  }

  Optional<Exploration> exploration() {
    return query.exploration();
  }

  /** The head of the release's graphs that answers for the head at a place. */
  String graphHead(int place) {
    String head = heads.get(place);
    return variant(head) == Variant.ADAPTED
        ? head
        : QueryHeads.main(query, support.release().manifest());
  }

  float[] vector() {
    Features features = query.features().orElseThrow();
    if (features instanceof Features.ItemFeatures item) {
      return items.orElseThrow().catalogue().row(item.item());
    }
    return features instanceof Features.VectorFeatures vector
        ? vector.vector()
        : stamped.vectors().get(0);
  }

  /** Items in the order of a head. */
  void answer(int place, String learner, List<ScoredItem> best) {
    List<Score> scores = new ArrayList<>(best.size());
    for (ScoredItem item : best) {
      scores.add(new Score(new Target.ItemTarget(item.item()), item.score()));
    }
    answers[place] = new Answer(heads.get(place), learner, scores);
  }

  /** Tells with what probability the first item of the first head was chosen. */
  void chosenWith(double probability) {
    propensity = OptionalDouble.of(probability);
  }

  /**
   * Takes the answer of one head.
   *
   * @param place of the head among those asked for
   * @param scores one for each label; a single number for scoring heads
   */
  void answer(int place, String learner, float[] scores) {
    answers[place] = new Answer(heads.get(place), learner, ranked(scores));
  }

  private List<Score> ranked(float[] scores) {
    if (!support.release().manifest().classifies()) {
      return List.of(new Score(new Target.NumberTarget(scores[0]), scores[0]));
    }
    List<Score> ranked = new ArrayList<>(scores.length);
    for (int way = 0; way < scores.length; way++) {
      LabelCount label = support.labels().get(way);
      ranked.add(new Score(new Target.LabelTarget(label.label()), scores[way]));
    }
    // The sort is stable: equal scores stay in the order of the labels.
    ranked.sort(Comparator.comparingDouble(Score::score).reversed());
    int most = query.topK().orElse(ranked.size());
    return ranked.subList(0, Math.min(most, ranked.size()));
  }

  Prediction prediction() {
    return new Prediction(
        query.lineage(),
        query.task(),
        query.query(),
        stamped.logged().partition(),
        stamped.logged().offset(),
        stamped.stamp().release(),
        stamped.stamp().epoch(),
        support.digest(),
        support.examples(),
        support.labels(),
        basis(),
        opened,
        stamped.truncated(),
        support.release().engine().id(),
        List.of(answers),
        propensity,
        items.map(ItemView::label));
  }

  private Basis basis() {
    if (support.examples() > 0) {
      return Basis.EXAMPLES;
    }
    if (support.rows() == 0) {
      return Basis.RELEASE_ALONE;
    }
    return support.release().manifest().classifies() ? Basis.LABEL_NAMES : Basis.SEGMENT;
  }
}
