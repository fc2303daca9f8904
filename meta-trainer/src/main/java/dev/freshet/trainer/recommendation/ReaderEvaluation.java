package dev.freshet.trainer.recommendation;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UnusableRatingsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a release on users first seen from the cut on. A user's first k events are the support,
 * all later ones the queries. Numbers are asked for at each later event, with the item as it is
 * then; an order of the catalogue is asked for once, just before event k + 1, over all items of the
 * training catalogue that the user has not rated. Relevant are the items of later events that the
 * user rated at least so well; a user without any is not judged on orders. Users whose segment is
 * known are judged a second time, with what it said just before event k + 1 in front of their own
 * events.
 */
public final class ReaderEvaluation {
  static final String DEFAULT = "default";

  /** Behind the name of a learner that starts from the segment's prior. */
  static final String WITH_SEGMENT = "+segment";

  private final ReaderEvaluationSettings settings;
  private final ItemTable table;
  private final Map<String, List<Rating>> users;
  private final List<String> catalogue;
  private final MeasureTable measures = new MeasureTable();
  private final List<Ranker> rankers = new ArrayList<>();
  private final Map<String, List<RatedRow>> histories = new HashMap<>();
  private final SegmentMemory segments;
  private final Map<String, Map<Integer, List<RatedRow>>> priors = new HashMap<>();

  private ReaderEvaluation(ReaderEvaluationSettings settings) {
    this.settings = settings;
    this.segments = new SegmentMemory(settings.segments());
    this.table =
        settings
            .release()
            .items()
            .orElseThrow(
                () ->
                    new UnusableRatingsException(
                        "Release %s has no item table. Judge one made by `train --ratings`."
                            .formatted(settings.release())));
    this.users = settings.split().newUsers(settings.userRatingsMin());
    IndexedRatings before = IndexedRatings.of(settings.split().before());
    this.catalogue = before.items();
    TimeSplit.requireNoLeak(
        settings.split().before(), settings.split().cutSeconds(), users.keySet());
    if (table.scale().asOfSeconds() > settings.split().cutSeconds()) {
      throw new LeakException(
          "Release %s was made of ratings up to %d, but users are judged from %d on. Judge it on a later cut, or train it on an earlier one."
              .formatted(
                  settings.release(), table.scale().asOfSeconds(), settings.split().cutSeconds()));
    }
    if (users.isEmpty()) {
      throw new UnusableRatingsException(
          "No user first seen from %d on has %d ratings. Cut earlier, or judge users with fewer."
              .formatted(settings.split().cutSeconds(), settings.userRatingsMin()));
    }
    rankers.add(new Popularity(false));
    rankers.add(new Popularity(true));
    rankers.add(new ItemNeighbours(before));
    rankers.add(new ImplicitFactors(before, settings.seed()));
  }

  /** Judges; a pure function of its settings. */
  public static ReaderResults run(ReaderEvaluationSettings settings) {
    long begin = System.nanoTime();
    ReaderEvaluation evaluation = new ReaderEvaluation(settings);
    evaluation.judge();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new ReaderResults(
        settings,
        evaluation.users.size(),
        evaluation.measures,
        evaluation.catalogue.size(),
        seconds);
  }

  private void judge() {
    Passage passage = new Passage(table, settings, catalogue);
    settings.split().before().forEach(segments::add);
    try (ReleaseAnswers answers = new ReleaseAnswers(settings.release())) {
      addRankingHeads(answers);
      for (Rating event : settings.split().after()) {
        if (users.containsKey(event.user())) {
          List<RatedRow> history =
              histories.computeIfAbsent(event.user(), unused -> new ArrayList<>());
          if (settings.events().contains(history.size())) {
            recall(passage, event, history.size());
            rank(passage, event, history);
          }
          history.add(
              new RatedRow(passage.position(event.item()), passage.row(event), event.value()));
        }
        passage.pass(event);
        if (settings.streamed()) {
          segments.add(event);
        }
      }
      for (Head head : settings.release().manifest().heads()) {
        if (head.kind() == Head.Kind.SCORING) {
          histories.forEach((user, history) -> score(answers, head.name(), user, history));
        }
      }
    }
  }

  private void addRankingHeads(ReleaseAnswers answers) {
    ReleaseManifest manifest = settings.release().manifest();
    for (Head head : manifest.heads()) {
      if (head.kind() == Head.Kind.RANKING) {
        rankers.add(answers.ranker(named(manifest, head.name()), head.name()));
      }
    }
  }

  private static String named(ReleaseManifest manifest, String head) {
    return manifest.defaultHeads().contains(head) ? DEFAULT : head;
  }

  private void recall(Passage passage, Rating event, int ownEvents) {
    if (segments.knows(event.user())) {
      List<RatedRow> rows =
          segments.prior(event.user(), ownEvents).stream()
              .map(
                  example ->
                      new RatedRow(
                          passage.position(example.item()),
                          passage.row(example.item(), event),
                          example.value()))
              .toList();
      priors.computeIfAbsent(event.user(), unused -> new HashMap<>()).put(ownEvents, rows);
    }
  }

  /** Nothing where the user's segment is not known. */
  private Optional<List<RatedRow>> withSegment(String user, List<RatedRow> own) {
    return Optional.ofNullable(priors.getOrDefault(user, Map.of()).get(own.size()))
        .map(prior -> Stream.concat(prior.stream(), own.stream()).toList());
  }

  private void rank(Passage passage, Rating event, List<RatedRow> history) {
    Set<Integer> relevant = relevant(passage, event.user(), history.size());
    if (relevant.isEmpty()) {
      return;
    }
    boolean[] excluded = new boolean[catalogue.size()];
    for (RatedRow row : history) {
      if (row.item() >= 0) {
        excluded[row.item()] = true;
      }
    }
    RankingTrial trial = passage.ask(event, history);
    Optional<RankingTrial> atHome =
        withSegment(event.user(), history).map(support -> passage.ask(event, support));
    for (Ranker ranker : rankers) {
      judge(ranker.scores(trial), excluded, relevant, event, ranker.name(), history.size());
      if (ranker.name().equals(DEFAULT) && atHome.isPresent()) {
        double[] scores = ranker.scores(atHome.get());
        judge(scores, excluded, relevant, event, DEFAULT + WITH_SEGMENT, history.size());
      }
    }
  }

  private void judge(
      double[] scores,
      boolean[] excluded,
      Set<Integer> relevant,
      Rating event,
      String learner,
      int events) {
    int[] best = TopItems.of(scores, excluded, RankingMetrics.DEPTH);
    RankingMetrics metrics = RankingMetrics.of(best, relevant);
    MeasureTable.Row row = measures.row(learner, events);
    row.of(Metric.NDCG10).add(event.user(), metrics.ndcg10());
    row.of(Metric.HR10).add(event.user(), metrics.hr10());
    row.of(Metric.RECALL20).add(event.user(), metrics.recall20());
  }

  private Set<Integer> relevant(Passage passage, String user, int events) {
    Set<Integer> relevant = new HashSet<>();
    List<Rating> all = users.getOrDefault(user, List.of());
    for (Rating later : all.subList(events, all.size())) {
      int position = passage.position(later.item());
      if (position >= 0 && later.value() >= settings.relevantFrom()) {
        relevant.add(position);
      }
    }
    return relevant;
  }

  private void score(ReleaseAnswers answers, String head, String user, List<RatedRow> history) {
    for (int events : settings.events()) {
      if (history.size() <= events) {
        continue;
      }
      List<RatedRow> own = history.subList(0, events);
      List<RatedRow> queries = history.subList(events, history.size());
      String learner = named(settings.release().manifest(), head);
      score(answers, head, own, queries, learner, user, events);
      Optional<List<RatedRow>> atHome = withSegment(user, own);
      if (learner.equals(DEFAULT) && atHome.isPresent()) {
        score(answers, head, atHome.get(), queries, DEFAULT + WITH_SEGMENT, user, events);
      }
    }
  }

  private void score(
      ReleaseAnswers answers,
      String head,
      List<RatedRow> support,
      List<RatedRow> queries,
      String learner,
      String user,
      int events) {
    double[] numbers =
        answers.numbers(head, support, queries.stream().map(RatedRow::vector).toList());
    double absolute = 0;
    double squared = 0;
    for (int q = 0; q < numbers.length; q++) {
      double error = numbers[q] - queries.get(q).value();
      absolute += Math.abs(error);
      squared += error * error;
    }
    MeasureTable.Row row = measures.row(learner, events);
    row.of(Metric.MAE).add(user, absolute / numbers.length);
    row.of(Metric.SQUARED_ERROR).add(user, squared / numbers.length);
  }
}
