package dev.freshet.trainer.taskstream;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of one task, as a test wants to ask about them. */
final class TaskHistory {
  final List<Step> steps = new ArrayList<>();

  static Map<String, TaskHistory> byTask(Iterator<Step> steps) {
    Map<String, TaskHistory> tasks = new LinkedHashMap<>();
    steps.forEachRemaining(
        step -> tasks.computeIfAbsent(step.event().task(), t -> new TaskHistory()).steps.add(step));
    return tasks;
  }

  List<TaskOpened> openings() {
    return events(TaskOpened.class);
  }

  List<ExampleAdded> examples() {
    return events(ExampleAdded.class);
  }

  List<QueryAsked> queries() {
    return events(QueryAsked.class);
  }

  List<OutcomeObserved> outcomes() {
    return events(OutcomeObserved.class);
  }

  List<ExampleRetracted> retractions() {
    return events(ExampleRetracted.class);
  }

  List<TaskClosed> closings() {
    return events(TaskClosed.class);
  }

  <T extends TaskEvent> List<T> events(Class<T> type) {
    return steps.stream().map(Step::event).filter(type::isInstance).map(type::cast).toList();
  }

  static String text(Features features) {
    return ((TextFeatures) features).text();
  }

  static String label(Target target) {
    return ((LabelTarget) target).label();
  }
}
