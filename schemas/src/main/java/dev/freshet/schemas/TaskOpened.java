package dev.freshet.schemas;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a task, or tells more of one that is open: labels not seen before join it, known ones take
 * the new name, and a policy, where given, replaces the one in force.
 *
 * @param labels in the order in which they join; may be empty
 * @param parent a segment whose prior this task starts from, as it is at this position of the log
 * @param segment whether other tasks may name this one as their parent; its examples tell of many
 *     users' events, so they do not count towards the statistics of items a second time
 */
public record TaskOpened(
    String lineage,
    String task,
    List<Label> labels,
    Optional<SupportPolicy> policy,
    Optional<String> parent,
    boolean segment)
    implements TaskEvent.OfTask {

  public TaskOpened {
    TaskKey.requireTask(lineage, task);
    labels = List.copyOf(labels);
    Set<String> ids = new HashSet<>();
    for (Label label : labels) {
      Require.that(ids.add(label.id()), "label '%s' stands twice in TaskOpened", label.id());
    }
    parent.ifPresent(p -> Require.id("parent", p));
    parent.ifPresent(p -> Require.that(!p.equals(task), "task '%s' is its own parent", task));
  }

  public TaskOpened(String lineage, String task, List<Label> labels) {
    this(lineage, task, labels, Optional.empty(), Optional.empty(), false);
  }

  public TaskOpened(
      String lineage,
      String task,
      List<Label> labels,
      Optional<SupportPolicy> policy,
      Optional<String> parent) {
    this(lineage, task, labels, policy, parent, false);
  }
}
