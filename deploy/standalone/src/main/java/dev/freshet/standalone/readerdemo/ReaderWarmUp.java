package dev.freshet.standalone.readerdemo;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.standalone.demo.WarmUp;
import java.util.List;

/**
 * Users who like the first items of the catalogue. Their tasks are closed in the end, and their
 * numbers then leave the items' statistics.
 */
record ReaderWarmUp(String lineage, List<String> items, double value) implements WarmUp.Script {
  private static final int TOP_K = 10;

  @Override
  public TaskOpened opened(String task) {
    return new TaskOpened(lineage, task, List.of());
  }

  @Override
  public ExampleAdded example(String task, int round) {
    return new ExampleAdded(
        lineage,
        task,
        "e" + round,
        new ItemFeatures(items.get(round % items.size())),
        new NumberTarget(value));
  }

  @Override
  public List<QueryAsked> queries(String task, int round) {
    return List.of(
        ReaderScript.number(lineage, task, "q" + round, items.get(0)),
        ReaderScript.order(lineage, task, "top" + round, TOP_K));
  }
}
