package dev.freshet.standalone;

import picocli.CommandLine.Option;

/** Which line of meta-models a command speaks to. */
final class LineageOption {
  static final String DEFAULT = "categories";

  @Option(
      names = "--lineage",
      paramLabel = "NAME",
      defaultValue = DEFAULT,
      description = "The line of meta-models. Default: ${DEFAULT-VALUE}.")
  private String lineage = DEFAULT;

  String name() {
    return lineage;
  }
}
