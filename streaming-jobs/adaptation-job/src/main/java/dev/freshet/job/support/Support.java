package dev.freshet.job.support;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.items.SegmentPrior;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a query is adapted to: the support of its task at its position.
 *
 * <p>Labels stand in the order in which they first appear in what is in force: at the event that
 * named them or at their first example. So a retracted example leaves no trace in their order
 * either.
 *
 * @param labels with their examples; empty for scoring tasks
 * @param set rows for the runtime: names in label order, then examples in log order
 * @param items of the examples, where they are about items
 */
public record Support(List<LabelCount> labels, SupportSet set, Set<String> items) {
  public Support {
    labels = List.copyOf(labels);
    items = Set.copyOf(items);
  }

  /** Reads the support of the task in the store. */
  public static Support of(
      TaskStore store, int features, boolean classifies, Optional<Catalogue> items) {
    List<StoredExample> examples = store.examples();
    return classifies
        ? labelled(store, features, examples)
        : new Support(List.of(), scored(store, features, examples, items), itemsOf(examples));
  }

  private static Set<String> itemsOf(List<StoredExample> examples) {
    Set<String> items = new HashSet<>();
    examples.forEach(example -> example.item().ifPresent(items::add));
    return items;
  }

  private static SupportSet scored(
      TaskStore store, int features, List<StoredExample> examples, Optional<Catalogue> items) {
    SupportSet.Builder builder = SupportSet.builder(features, 1);
    if (store.header().priorRows() > 0) {
      for (PriorRow row : SegmentPrior.DEFAULT.beside(store.prior(), examples.size())) {
        builder.prior((float) row.number(), row.observed().row(items));
      }
    }
    for (StoredExample example : examples) {
      builder.scored(
          (float) ((Target.NumberTarget) example.target()).value(), example.observed().row(items));
    }
    return builder.build();
  }

  private static Support labelled(TaskStore store, int features, List<StoredExample> examples) {
    List<TaskLabel> labels = ordered(store.header().labels(), examples);
    Map<String, Integer> ways = new HashMap<>();
    List<LabelCount> counts = new ArrayList<>(labels.size());
    SupportSet.Builder builder = SupportSet.builder(features, labels.size());
    Map<String, SupportVector> names = store.names();
    for (TaskLabel label : labels) {
      SupportVector name = names.get(label.id());
      if (name != null) {
        builder.name(counts.size(), name);
      }
      ways.put(label.id(), counts.size());
      counts.add(new LabelCount(label.id(), label.examples()));
    }
    for (StoredExample example : examples) {
      String label = ((Target.LabelTarget) example.target()).label();
      builder.example(ways.getOrDefault(label, -1), example.observed().row(Optional.empty()));
    }
    return new Support(counts, builder.build(), Set.of());
  }

  /** A label's place: where it was named or first exampled, whichever came first. */
  private static List<TaskLabel> ordered(List<TaskLabel> labels, List<StoredExample> examples) {
    Map<String, Long> places = new HashMap<>();
    long lastNamed = Long.MIN_VALUE;
    for (TaskLabel label : labels) {
      places.put(label.id(), label.namedAt());
      lastNamed = Math.max(lastNamed, label.namedAt());
    }
    for (StoredExample example : examples) {
      if (example.offset() > lastNamed) {
        break; // Examples come in order: from here on every label has its place.
      }
      String label = ((Target.LabelTarget) example.target()).label();
      places.merge(label, example.offset(), Math::min);
    }
    List<TaskLabel> ordered = new ArrayList<>(labels);
    ordered.sort(
        Comparator.<TaskLabel>comparingLong(
                label -> places.getOrDefault(label.id(), TaskLabel.UNNAMED))
            .thenComparingInt(TaskLabel::rank));
    return ordered;
  }
}
