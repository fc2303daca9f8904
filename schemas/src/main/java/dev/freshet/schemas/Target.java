package dev.freshet.schemas;

/** What an example teaches and an outcome reveals: a label, a number, or an item. */
public sealed interface Target {

  /** The label of a classification. */
  record LabelTarget(String label) implements Target {
    public LabelTarget {
      Require.id("label", label);
    }
  }

  /** A number, e.g. a rating; finite or not is for the job to judge. */
  record NumberTarget(double value) implements Target {}

  /** The item that was chosen, e.g. clicked or bought. */
  record ItemTarget(String item) implements Target {
    public ItemTarget {
      Require.id("item", item);
    }
  }
}
