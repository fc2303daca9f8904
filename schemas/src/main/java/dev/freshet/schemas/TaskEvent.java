package dev.freshet.schemas;

/**
 * One record of the log {@link Topics#TASK_EVENTS}: everything that changes a task, everything
 * asked of it, and every change of release. Kafka's partition order is a task's history.
 */
public sealed interface TaskEvent permits TaskEvent.OfTask, TaskEvent.Fence, ItemDescribed {
  /** The line of meta-models this event speaks to. */
  String lineage();

  /** An event in the history of one task. */
  sealed interface OfTask extends TaskEvent
      permits TaskOpened, ExampleAdded, ExampleRetracted, QueryAsked, OutcomeObserved, TaskClosed {
    String task();
  }

  /** A fence: it stands in every partition, and what it says holds from here on in this one. */
  sealed interface Fence extends TaskEvent permits ReleaseActivated, ItemsChanged {}
}
