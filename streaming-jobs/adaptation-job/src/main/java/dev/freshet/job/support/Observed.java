package dev.freshet.job.support;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.items.ItemMoment;
import dev.freshet.adaptation.runtime.SupportVector;
import java.util.Optional;

/** What an example or a query is about, as it is kept. */
sealed interface Observed {
  /** Of the object and its digest or statistics. */
  int OVERHEAD_BYTES = 150;

  /** Its row under the release in force. */
  SupportVector row(Optional<Catalogue> items);

  /** About what it takes of memory. */
  long bytes();

  /** Whether it is the same thing, looked at again. */
  boolean sameAs(Observed other);

  /** A vector that was sent, or made of a text. */
  record OfVector(SupportVector vector) implements Observed {
    @Override
    public SupportVector row(Optional<Catalogue> items) {
      return vector;
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + (long) Float.BYTES * vector.values().length;
    }

    @Override
    public boolean sameAs(Observed other) {
      return equals(other);
    }
  }

  /**
   * An item. Its factors are the release's; of its statistics it keeps what they were at its event,
   * so that a task need not be adapted anew whenever somebody else turns to one of its items.
   */
  record OfItem(String item, ItemMoment moment) implements Observed {
    @Override
    public SupportVector row(Optional<Catalogue> items) {
      return SupportVector.of(items.orElseThrow().row(item, moment));
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + 2L * item.length();
    }

    @Override
    public boolean sameAs(Observed other) {
      return other instanceof OfItem that && item.equals(that.item);
    }
  }
}
