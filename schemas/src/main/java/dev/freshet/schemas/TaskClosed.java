package dev.freshet.schemas;

/** Forgets a task and everything said of it. Asked afterwards, it answers as one never opened. */
public record TaskClosed(String lineage, String task) implements TaskEvent.OfTask {
  public TaskClosed {
    TaskKey.requireTask(lineage, task);
  }
}
