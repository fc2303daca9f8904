package dev.freshet.job.support;

import dev.freshet.adaptation.items.SegmentPrior;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import dev.freshet.schemas.Target;
import java.util.ArrayList;
import java.util.List;

/** What a segment says of somebody new in it, from its examples in force. */
public final class SegmentPriors {
  private SegmentPriors() {}

  /**
   * What the task in the store says.
   *
   * @param task its name
   */
  public static SegmentState of(String task, TaskStore store) {
    List<SegmentPrior.Example> examples = new ArrayList<>();
    for (StoredExample example : store.examples()) {
      if (example.item().isPresent() && example.target() instanceof Target.NumberTarget number) {
        examples.add(new SegmentPrior.Example(example.item().get(), number.value()));
      }
    }
    return new SegmentState(
        task,
        SegmentPrior.DEFAULT.rows(examples).stream()
            .map(row -> new SegmentRow(row.item(), row.value()))
            .toList());
  }
}
