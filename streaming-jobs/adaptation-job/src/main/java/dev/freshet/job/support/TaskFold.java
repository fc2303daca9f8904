package dev.freshet.job.support;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds the events of a task into what is in force of it: {@code support(t, p)} of the
 * architecture, a function of the task's log before p and of nothing else.
 *
 * <p>Time is the log's: the largest timestamp that the task's own events have shown. Eviction is
 * final, so an example that was pushed out does not come back when the one that pushed it is
 * retracted.
 */
public final class TaskFold {
  /** An example made of the outcome of query q has the id {@code outcome:q}. */
  public static final String OUTCOME_PREFIX = "outcome:";

  /** Applies one event to a task that knows no items. */
  public Effect apply(StampedEvent stamped, TaskStore store) {
    return apply(stamped, store, Optional.empty(), ItemTally.NONE);
  }

  /**
   * Applies one event to the task in the store.
   *
   * @param items as they are at the event's position of the log; empty where the release has none
   */
  public Effect apply(
      StampedEvent stamped, TaskStore store, Optional<Catalogue> items, ItemTally tally) {
    TaskHeader before = store.header();
    TaskHeader header = expired(before.at(stamped.logged().timestampMillis()), store, tally);
    TaskEvent.OfTask event = stamped.event();
    if (event instanceof TaskClosed) {
      if (items.isPresent() && !header.segment()) {
        store.examples().forEach(example -> count(example, false, tally));
      }
      store.clear();
      return Effect.CLOSED;
    }
    Step step = new Step(header, store, stamped, items, tally);
    Effect effect = step.apply(event);
    // Who asks tasks that nobody opened must not fill the state with their names.
    if (!before.saysNothing() || !step.header.saysNothing()) {
      store.header(step.header);
    }
    return effect;
  }

  private static TaskHeader expired(TaskHeader header, TaskStore store, ItemTally tally) {
    long before = since(header, header.policy().exampleAgeMax());
    return header.oldestMillis() >= before
        ? header
        : new Eviction(header, store, tally).olderThan(before);
  }

  /** The log time before which something of this age has expired; never overflows. */
  private static long since(TaskHeader header, Duration age) {
    return header.clockMillis() < Long.MIN_VALUE + age.toMillis()
        ? Long.MIN_VALUE
        : header.clockMillis() - age.toMillis();
  }

  private static void count(StoredExample example, boolean joined, ItemTally tally) {
    if (example.target() instanceof Target.NumberTarget number) {
      example
          .item()
          .ifPresent(item -> tally.count(item, number.value(), joined, example.timestampMillis()));
    }
  }

  /** One event on its way through a task. */
  private static final class Step {
    private final TaskStore store;
    private final StampedEvent stamped;
    private final Optional<Catalogue> items;
    private final ItemTally tally;
    private TaskHeader header;

    Step(
        TaskHeader header,
        TaskStore store,
        StampedEvent stamped,
        Optional<Catalogue> items,
        ItemTally tally) {
      this.items = items;
      this.tally = tally;
      this.header = header;
      this.store = store;
      this.stamped = stamped;
    }

    Effect apply(TaskEvent.OfTask event) {
      if (event instanceof QueryAsked query) {
        return ask(query);
      } else if (event instanceof ExampleAdded example) {
        return add(example.example(), example.target(), observed(example.features()));
      } else if (event instanceof ExampleRetracted retracted) {
        return retract(retracted.example());
      } else if (event instanceof OutcomeObserved outcome) {
        return observe(outcome);
      }
      return open((TaskOpened) event);
    }

    private Observed observed(Features features) {
      if (features instanceof Features.ItemFeatures item) {
        return item(item.item());
      }
      return new Observed.OfVector(
          SupportVector.of(
              features instanceof Features.VectorFeatures vector
                  ? vector.vector()
                  : stamped.vectors().get(0)));
    }

    /** As the table has the item before this event: its own number is not yet in it. */
    private Observed.OfItem item(String item) {
      return new Observed.OfItem(item, items.orElseThrow().moment(item));
    }

    private boolean known(Observed observed) {
      return !(observed instanceof Observed.OfItem item) || items.orElseThrow().knows(item.item());
    }

    private void count(StoredExample example, boolean joined) {
      if (!header.segment()) {
        TaskFold.count(example, joined, tally);
      }
    }

    private Effect open(TaskOpened event) {
      SupportPolicy policy = event.policy().orElse(header.policy());
      long joining = event.labels().stream().filter(l -> header.label(l.id()).isEmpty()).count();
      if (header.labels().size() + joining > policy.labelsMax()) {
        return Effect.TOO_MANY_LABELS;
      }
      if (event.segment() && !header.segment()) {
        // From here on they are what others gave: they leave the statistics while they can.
        store.examples().forEach(example -> count(example, false));
      }
      header = header.opened(policy, event.segment());
      begin(event);
      name(event.labels());
      header = new Eviction(header, store, tally).toLimits();
      forgetBeyondLimits();
      return Effect.OPENED;
    }

    /** A task that is opened again under a parent begins anew from what that says now. */
    private void begin(TaskOpened event) {
      if (event.parent().isPresent()) {
        List<PriorRow> rows =
            stamped.prior().stream()
                .map(row -> new PriorRow(item(row.item()), row.number()))
                .toList();
        store.prior(rows);
        header = header.withPriorRows(rows.size()).changed();
      }
    }

    private void forgetBeyondLimits() {
      if (header.tombstones() > header.policy().tombstonesMax()) {
        forgetTombstones();
      }
      if (header.pending() > header.policy().pendingQueriesMax()) {
        forgetPendingQueries();
      }
    }

    private void name(List<Label> labels) {
      Map<String, SupportVector> known = store.names();
      for (int i = 0; i < labels.size(); i++) {
        String id = labels.get(i).id();
        SupportVector vector = SupportVector.of(stamped.vectors().get(i));
        if (!Optional.ofNullable(known.get(id)).equals(Optional.of(vector))) {
          TaskLabel label = header.label(id).orElse(new TaskLabel(id, TaskLabel.UNNAMED, 0, 0));
          store.putName(id, vector);
          header = header.withLabel(label.namedAt(stamped.logged().offset(), i)).changed();
        }
      }
    }

    private Effect add(String id, Target target, Observed observed) {
      StoredExample example =
          new StoredExample(
              id, stamped.logged().offset(), stamped.logged().timestampMillis(), target, observed);
      if (buried(id)) {
        return Effect.RETRACTED_BEFORE;
      }
      if (!header.policy().unknownItemsKept() && !known(observed)) {
        return Effect.UNKNOWN_ITEM;
      }
      Optional<StoredExample> before =
          header.examples() == 0 ? Optional.empty() : store.example(id);
      if (before.isPresent() && before.get().sameContent(example)) {
        return Effect.REPEATED;
      }
      boolean newLabel =
          example.label().isPresent() && example.label().flatMap(header::label).isEmpty();
      if (newLabel && header.labels().size() >= header.policy().labelsMax()) {
        return Effect.TOO_MANY_LABELS;
      }
      Eviction eviction = new Eviction(header, store, tally);
      before.ifPresent(eviction::remove);
      before.ifPresent(corrected -> count(corrected, false));
      eviction.add(example);
      count(example, true);
      header = eviction.toLimits();
      return Effect.LEARNED;
    }

    private boolean buried(String example) {
      return header.tombstones() > 0
          && store
              .tombstone(example)
              .filter(buriedAt -> buriedAt >= since(header, header.policy().tombstoneAgeMax()))
              .isPresent();
    }

    private Effect retract(String id) {
      Optional<StoredExample> example = store.example(id);
      if (example.isPresent()) {
        Eviction eviction = new Eviction(header, store, tally);
        eviction.remove(example.get());
        header = eviction.header();
        count(example.get(), false);
      }
      bury(id);
      return example.isPresent() ? Effect.RETRACTED : Effect.RETRACTED_UNSEEN;
    }

    private void bury(String example) {
      boolean known = store.tombstone(example).isPresent();
      store.putTombstone(example, header.clockMillis());
      header = header.withTombstones(header.tombstones() + (known ? 0 : 1));
      forgetBeyondLimits();
    }

    private void forgetTombstones() {
      long before = since(header, header.policy().tombstoneAgeMax());
      List<Map.Entry<String, Long>> oldestFirst =
          store.tombstones().entrySet().stream()
              .sorted(
                  Map.Entry.<String, Long>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey()))
              .toList();
      int left = oldestFirst.size();
      for (Map.Entry<String, Long> entry : oldestFirst) {
        if (left > header.policy().tombstonesMax() || entry.getValue() < before) {
          store.removeTombstone(entry.getKey());
          left--;
        }
      }
      header = header.withTombstones(left);
    }

    private Effect ask(QueryAsked query) {
      if (header.policy().outcomesAreExamples()) {
        remember(query.query(), query.features().map(this::observed));
      }
      return Effect.ASKED;
    }

    private void remember(String query, Optional<Observed> observed) {
      boolean known = store.pendingQuery(query).isPresent();
      store.putPendingQuery(
          query, new PendingQuery(stamped.logged().offset(), header.clockMillis(), observed));
      header = header.withPending(header.pending() + (known ? 0 : 1));
      forgetBeyondLimits();
    }

    private void forgetPendingQueries() {
      long before = since(header, header.policy().pendingQueryAgeMax());
      List<Map.Entry<String, PendingQuery>> oldestFirst =
          store.pendingQueries().entrySet().stream()
              .sorted(Comparator.comparingLong(entry -> entry.getValue().offset()))
              .toList();
      int left = oldestFirst.size();
      for (Map.Entry<String, PendingQuery> entry : oldestFirst) {
        if (left > header.policy().pendingQueriesMax()
            || entry.getValue().timestampMillis() < before) {
          store.removePendingQuery(entry.getKey());
          left--;
        }
      }
      header = header.withPending(left);
    }

    private Effect observe(OutcomeObserved outcome) {
      Optional<PendingQuery> pending =
          header.policy().outcomesAreExamples()
              ? store.pendingQuery(outcome.query())
              : Optional.empty();
      if (pending.isEmpty()) {
        return Effect.OUTCOME_IGNORED;
      }
      store.removePendingQuery(outcome.query());
      header = header.withPending(header.pending() - 1);
      long expiry = since(header, header.policy().pendingQueryAgeMax());
      if (pending.get().timestampMillis() < expiry) {
        return Effect.OUTCOME_IGNORED;
      }
      Optional<Observed> about = about(outcome, pending.get());
      if (about.isEmpty()) {
        return Effect.OUTCOME_IGNORED;
      }
      Effect effect = add(OUTCOME_PREFIX + outcome.query(), outcome.target(), about.get());
      return effect == Effect.LEARNED ? Effect.OUTCOME_LEARNED : effect;
    }

    /**
     * The item that was chosen, where the query ranked several; else what the query asked about.
     */
    private Optional<Observed> about(OutcomeObserved outcome, PendingQuery pending) {
      return pending.observed().isPresent() || items.isEmpty()
          ? pending.observed()
          : outcome.item().map(this::item);
    }
  }
}
