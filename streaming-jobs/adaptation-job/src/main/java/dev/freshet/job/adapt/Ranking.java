package dev.freshet.job.adapt;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.Features.VectorFeatures;
import dev.freshet.schemas.ItemFilter;
import dev.freshet.schemas.QueryAsked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** The items among which a query asks for an order. */
final class Ranking {
  private final QueryAsked query;
  private final ItemView items;
  private final ItemFilter filter;
  private final Set<String> seen;
  private final Set<String> wanted;

  /**
   * @param seen items of the task's examples
   */
  Ranking(QueryAsked query, ItemView items, Set<String> seen) {
    this.query = query;
    this.items = items;
    this.seen = seen;
    this.filter =
        query.filter().orElse(query.candidates().isEmpty() ? ItemFilter.DEFAULT : ItemFilter.NONE);
    this.wanted = Set.copyOf(filter.attributes());
  }

  /** An item with its row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(String item, float[] vector) {}

  Catalogue catalogue() {
    return items.catalogue();
  }

  /** Whether all items are asked for, not those that the query names. */
  boolean ofCatalogue() {
    return query.candidates().isEmpty();
  }

  int topK() {
    return query.topK().orElse(query.candidates().size());
  }

  /** The candidates that may be answered, in the order of the query. */
  List<Row> candidates() {
    List<Row> rows = new ArrayList<>(query.candidates().size());
    for (Candidate candidate : query.candidates()) {
      int position = catalogue().position(candidate.item());
      boolean may = position < 0 ? mayUnknown(candidate.item()) : may(position);
      if (may) {
        rows.add(new Row(candidate.item(), vector(candidate)));
      }
    }
    return rows;
  }

  private float[] vector(Candidate candidate) {
    if (candidate.features().orElse(null) instanceof VectorFeatures vector) {
      return vector.vector();
    }
    String item =
        candidate.features().orElse(null) instanceof ItemFeatures other
            ? other.item()
            : candidate.item();
    return catalogue().row(item);
  }

  private boolean mayUnknown(String item) {
    return wanted.isEmpty() && (filter.seen() || !seen.contains(item));
  }

  private boolean may(int position) {
    if (!filter.unavailable() && !catalogue().available(position)) {
      return false;
    }
    if (!filter.seen() && seen.contains(catalogue().id(position))) {
      return false;
    }
    return wanted.isEmpty() || catalogue().attributes(position).stream().anyMatch(wanted::contains);
  }

  /** Positions of the catalogue that may not be answered. */
  IntPredicate excluded() {
    Set<Integer> seenAt = new HashSet<>();
    if (!filter.seen()) {
      seen.forEach(item -> seenAt.add(catalogue().position(item)));
    }
    if (wanted.isEmpty()) {
      return position ->
          seenAt.contains(position) || (!filter.unavailable() && !catalogue().available(position));
    }
    return position -> !may(position);
  }
}
