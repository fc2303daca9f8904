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
 * @param parent a task whose adapted state this one starts from, e.g. a user's segment
 */
public record TaskOpened(
    String lineage,
    String task,
    List<Label> labels,
    Optional<SupportPolicy> policy,
    Optional<String> parent)
    implements TaskEvent.OfTask {

  public TaskOpened {
    TaskKey.requireTask(lineage, task);
    labels = List.copyOf(labels);
    Set<String> ids = new HashSet<>();
    for (Label label : labels) {
      Require.that(ids.add(label.id()), "label '%s' stands twice in TaskOpened", label.id());
    }
    parent.ifPresent(p -> Require.id("parent", p));
  }

  public TaskOpened(String lineage, String task, List<Label> labels) {
    this(lineage, task, labels, Optional.empty(), Optional.empty());
  }
}
