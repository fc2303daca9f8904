package dev.freshet.adaptation.graph;

import java.util.regex.Pattern;

/**
 * The size of one axis of a value in a graph: known when the graph is built, or only when it runs.
 */
public sealed interface Dim {
  /** A size known when the graph is built. */
  record Fixed(int size) implements Dim {
    public Fixed {
      if (size < 1) {
        throw new IllegalArgumentException("A fixed dim is " + size + ", expected at least 1.");
      }
    }

    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  /** A size known when the graph runs. Two symbols of one name always have one size. */
  record Symbol(String name) implements Dim {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public Symbol {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "Symbolic dim '" + name + "' is not of the form " + NAME.pattern() + ".");
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Tasks in the batch. */
  Dim TASKS = new Symbol("tasks");

  /** Support rows per task, padding included. */
  Dim SUPPORT = new Symbol("support");

  /** Labels per task, padding included. */
  Dim WAYS = new Symbol("ways");

  /** Queries per task, padding included. */
  Dim QUERIES = new Symbol("queries");

  Dim ONE = new Fixed(1);

  static Dim of(int size) {
    return new Fixed(size);
  }

  static Dim symbol(String name) {
    return new Symbol(name);
  }
}
