package dev.freshet.standalone.demo;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskOpened;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Two labels of texts. */
record CategoryWarmUp(String lineage) implements WarmUp.Script {
  private static final List<String> HEADS =
      List.of(DemoSettings.ADAPTED, Prediction.PROTOTYPE, Prediction.UNADAPTED);

  @Override
  public TaskOpened opened(String task) {
    return new TaskOpened(
        lineage, task, List.of(new Label("left", "left hand"), new Label("right", "right hand")));
  }

  @Override
  public ExampleAdded example(String task, int round) {
    return new ExampleAdded(
        lineage,
        task,
        "e" + round,
        new TextFeatures("finger number " + round + " of the hand of " + task),
        new LabelTarget(round % 2 == 0 ? "left" : "right"));
  }

  @Override
  public List<QueryAsked> queries(String task, int round) {
    return List.of(
        new QueryAsked(
            lineage,
            task,
            "q" + round,
            Optional.of(new TextFeatures("which hand is number " + round + ", " + task)),
            HEADS,
            List.of(),
            OptionalInt.empty()));
  }
}
