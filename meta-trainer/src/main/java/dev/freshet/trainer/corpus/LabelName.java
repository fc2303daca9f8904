package dev.freshet.trainer.corpus;

/** What people would call a label: encoded, its name is worth an example. */
final class LabelName {
  private static final String PATH_SEPARATOR = " > ";

  private LabelName() {}

  /** The last part of a path, with words where a machine put marks: "card_arrival". */
  static String of(String label) {
    int separator = label.lastIndexOf(PATH_SEPARATOR);
    String leaf = separator < 0 ? label : label.substring(separator + PATH_SEPARATOR.length());
    String name = leaf.replace('_', ' ').replace('-', ' ').replaceAll(" +", " ").strip();
    return name.isEmpty() ? label : name;
  }
}
