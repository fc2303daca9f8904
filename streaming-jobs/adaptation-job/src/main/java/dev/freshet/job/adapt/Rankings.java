package dev.freshet.job.adapt;

import dev.freshet.adaptation.exploration.Beliefs;
import dev.freshet.adaptation.exploration.Choice;
import dev.freshet.adaptation.exploration.ChoicePolicy;
import dev.freshet.adaptation.exploration.DrawSeed;
import dev.freshet.adaptation.exploration.EpsilonPolicy;
import dev.freshet.adaptation.exploration.GreedyPolicy;
import dev.freshet.adaptation.exploration.IndependentBeliefs;
import dev.freshet.adaptation.exploration.ThompsonPolicy;
import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.RankedItem;
import dev.freshet.adaptation.runtime.TopQuery;
import dev.freshet.job.adapt.AdaptedSupport.Variant;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.QueryAsked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Puts items in order for the queries of a micro-batch that ask for it, and chooses the first where
 * a query explores: of its candidates, or of the K best of the catalogue.
 */
final class Rankings {
  private static final float[] NO_ROW = {};

  private final Adapter adapter;
  private final ThompsonPolicy thompson =
      new ThompsonPolicy(ThompsonPolicy.DRAWS, GraphContract.UNKNOWNS_MAX);

  Rankings(Adapter adapter) {
    this.adapter = adapter;
  }

  /** A query with the place among its heads that is to be answered. */
  record Asked(OpenQuery query, Ranking ranking, int place, Variant variant) {}

  /** Answers in place; queries of one catalogue share calls. */
  void answer(LoadedRelease release, String head, List<Asked> asked) {
    IdentityHashMap<Catalogue, List<Asked>> byCatalogue = new IdentityHashMap<>();
    List<Asked> named = new ArrayList<>();
    for (Asked question : asked) {
      if (question.ranking().ofCatalogue()) {
        byCatalogue
            .computeIfAbsent(question.ranking().catalogue(), unused -> new ArrayList<>())
            .add(question);
      } else {
        named.add(question);
      }
    }
    byCatalogue.forEach((catalogue, questions) -> top(release, head, catalogue, questions));
    candidates(release, head, named);
  }

  private void top(LoadedRelease release, String head, Catalogue catalogue, List<Asked> questions) {
    List<TopQuery> queries = new ArrayList<>(questions.size());
    for (Asked question : questions) {
      queries.add(
          new TopQuery(
              question.query().support().get(question.variant()),
              question.ranking().topK(),
              question.ranking().excluded()));
    }
    List<List<RankedItem>> answers = adapter.top(release, head, catalogue, queries);
    for (int i = 0; i < answers.size(); i++) {
      boolean draws = draws(questions.get(i));
      List<ScoredItem> best = new ArrayList<>();
      for (RankedItem item : answers.get(i)) {
        String id = catalogue.id(item.position());
        best.add(new ScoredItem(id, item.score(), draws ? catalogue.row(id) : NO_ROW));
      }
      finish(release, head, questions.get(i), best);
    }
  }

  private void candidates(LoadedRelease release, String head, List<Asked> questions) {
    List<List<Ranking.Row>> rows = new ArrayList<>(questions.size());
    List<PredictQuery> queries = new ArrayList<>();
    for (Asked question : questions) {
      List<Ranking.Row> candidates = question.ranking().candidates();
      rows.add(candidates);
      for (Ranking.Row row : candidates) {
        queries.add(
            new PredictQuery(
                question.query().support().get(question.variant()), head, row.vector()));
      }
    }
    List<float[]> scores = adapter.predict(release, queries);
    int next = 0;
    for (int i = 0; i < questions.size(); i++) {
      List<ScoredItem> ranked = new ArrayList<>();
      for (Ranking.Row row : rows.get(i)) {
        ranked.add(new ScoredItem(row.item(), scores.get(next++)[0], row.vector()));
      }
      // The sort is stable: equal scores stay in the order of the query.
      ranked.sort(Comparator.comparingDouble(ScoredItem::score).reversed());
      finish(release, head, questions.get(i), ranked);
    }
  }

  private void finish(LoadedRelease release, String head, Asked asked, List<ScoredItem> ranked) {
    OpenQuery query = asked.query();
    List<ScoredItem> best = new ArrayList<>(ranked);
    if (asked.place() == 0 && query.exploration().isPresent() && !best.isEmpty()) {
      Choice choice =
          policy(query.exploration().get())
              .choose(beliefs(release, head, asked, best), seed(query.stamped()));
      best.add(0, best.remove(choice.candidate()));
      query.chosenWith(choice.propensity());
    }
    int most = Math.min(asked.ranking().topK(), best.size());
    query.answer(asked.place(), release.manifest().learner(), best.subList(0, most));
  }

  /** Only who draws from a posterior looks at rows again. */
  private static boolean draws(Asked asked) {
    return asked.query().exploration().map(Exploration::policy).orElse(null)
        == Exploration.Policy.THOMPSON;
  }

  private ChoicePolicy policy(Exploration exploration) {
    return switch (exploration.policy()) {
      case GREEDY -> new GreedyPolicy();
      case EPSILON -> new EpsilonPolicy(exploration.epsilon());
      case THOMPSON -> thompson;
    };
  }

  private Beliefs beliefs(
      LoadedRelease release, String head, Asked asked, List<ScoredItem> candidates) {
    return draws(asked)
        ? adapter.beliefs(
            release,
            head,
            asked.query().support().get(asked.variant()),
            candidates.stream().map(ScoredItem::vector).toList())
        : IndependentBeliefs.certain(candidates.stream().mapToDouble(ScoredItem::score).toArray());
  }

  private static DrawSeed seed(StampedEvent stamped) {
    return new DrawSeed(
        stamped.logged().partition(),
        stamped.logged().offset(),
        stamped.event().lineage(),
        stamped.event().task(),
        ((QueryAsked) stamped.event()).query());
  }
}
