package dev.freshet.trainer.taskstream;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.corpus.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * The history of one task, told in turns: an example, four queries, and what becomes known
 * meanwhile. Label j joins at example slot 5j with its first example; the other slots go to a
 * random label that has joined and still lacks examples.
 */
final class TaskScript {
  static final int SLOTS_PER_LABEL = 5;
  static final int QUERIES_PER_EXAMPLE = 4;

  private final StreamSettings settings;
  private final String task;
  private final Random random;
  private final List<LabelTexts> labels = new ArrayList<>();
  private final List<Given> examplesInForce = new ArrayList<>();
  private final OutcomeMail outcomes;
  private int joined;
  private int slot;
  private int examples;
  private int queries;

  private record Given(String id, String text, LabelTexts label) {}

  /**
   * @param categories one for each label, in the order in which they join
   */
  TaskScript(StreamSettings settings, String task, List<Category> categories, Random random) {
    this.settings = settings;
    this.task = task;
    this.random = random;
    this.outcomes = new OutcomeMail(settings, task, random);
    for (Category category : categories) {
      labels.add(new LabelTexts(category, settings.shotsMax(), random));
    }
  }

  boolean isOver() {
    return joined == labels.size() && labels.stream().noneMatch(LabelTexts::hasExampleLeft);
  }

  /** The events up to the next example's last query; the last turn also closes the task. */
  List<Step> nextTurn() {
    List<Step> steps = new ArrayList<>();
    giveExample(nextLabel(steps), steps);
    for (int i = 0; i < QUERIES_PER_EXAMPLE; i++) {
      ask(steps);
    }
    outcomes.deliverDue(steps);
    if (random.nextDouble() < settings.retractionShare()) {
      retractOne(steps);
    }
    if (isOver()) {
      outcomes.deliverAll(steps);
      steps.add(Step.of(new TaskClosed(settings.lineage(), task)));
    }
    return steps;
  }

  /** Where nobody who has joined lacks an example, the slots up to the next joining are empty. */
  private LabelTexts nextLabel(List<Step> steps) {
    List<LabelTexts> lacking =
        labels.subList(0, joined).stream().filter(LabelTexts::hasExampleLeft).toList();
    boolean nextJoins = slot == SLOTS_PER_LABEL * joined || lacking.isEmpty();
    if (joined < labels.size() && nextJoins) {
      slot = SLOTS_PER_LABEL * joined + 1;
      return join(steps);
    }
    slot++;
    return lacking.get(random.nextInt(lacking.size()));
  }

  private LabelTexts join(List<Step> steps) {
    LabelTexts label = labels.get(joined);
    Category category = label.category();
    Label named = new Label(category.id(), category.name(), category.description());
    Optional<SupportPolicy> policy =
        joined == 0 ? SupportLimits.policyFor(settings) : Optional.empty();
    steps.add(
        Step.of(
            new TaskOpened(settings.lineage(), task, List.of(named), policy, Optional.empty())));
    joined++;
    return label;
  }

  private void giveExample(LabelTexts label, List<Step> steps) {
    Given given = new Given("e" + ++examples, label.nextExample(), label);
    examplesInForce.add(given);
    steps.add(
        Step.of(
            new ExampleAdded(
                settings.lineage(),
                task,
                given.id(),
                new TextFeatures(given.text()),
                new LabelTarget(label.category().id()))));
  }

  private void ask(List<Step> steps) {
    LabelTexts label = labels.get(random.nextInt(joined));
    String query = "q" + ++queries;
    String truth = label.category().id();
    steps.add(
        Step.query(
            new QueryAsked(
                settings.lineage(),
                task,
                query,
                Optional.of(new TextFeatures(label.nextQuery(random))),
                settings.heads(),
                List.of(),
                OptionalInt.empty()),
            truth));
    outcomes.post(query, truth);
  }

  private void retractOne(List<Step> steps) {
    Given given = examplesInForce.remove(random.nextInt(examplesInForce.size()));
    given.label().takeBack(given.text());
    steps.add(Step.of(new ExampleRetracted(settings.lineage(), task, given.id())));
  }
}
