package dev.freshet.adaptation.release;

import dev.freshet.adaptation.learner.Head;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code release.json} says.
 *
 * @param formatVersion version of the layout of a release directory
 * @param lineage the line of meta-models this belongs to
 * @param release its id, unique within the lineage
 * @param learner name of the algorithm
 * @param settings what the learner was built with
 * @param features length of every vector
 * @param encoder id of what turned texts into vectors
 * @param heads what can be asked
 * @param defaultHeads what answers a query that names no head
 * @param trainingData what the initialisation was learned from, in words
 * @param scores measured quality by name
 * @param parent the release this one was trained from
 * @param files SHA-256 of every other file of the release, in lower-case hex
 */
public record ReleaseManifest(
    int formatVersion,
    String lineage,
    String release,
    String learner,
    SortedMap<String, Double> settings,
    int features,
    String encoder,
    List<Head> heads,
    List<String> defaultHeads,
    String trainingData,
    SortedMap<String, Double> scores,
    Optional<String> parent,
    SortedMap<String, String> files) {
  /** The only one there is so far. */
  public static final int FORMAT_VERSION = 1;

  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern RELEASE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public ReleaseManifest {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    heads = List.copyOf(heads);
    defaultHeads = List.copyOf(defaultHeads);
    scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    List<String> problems = new ArrayList<>();
    require(
        formatVersion == FORMAT_VERSION,
        "formatVersion is " + formatVersion + ", expected " + FORMAT_VERSION,
        problems);
    require(
        ID.matcher(lineage).matches(),
        "lineage is '" + lineage + "', expected the form " + ID.pattern(),
        problems);
    require(
        RELEASE_ID.matcher(release).matches(),
        "release is '" + release + "', expected the form " + RELEASE_ID.pattern(),
        problems);
    require(!learner.isBlank(), "learner is blank", problems);
    require(features >= 1, "features is " + features + ", expected at least 1", problems);
    checkHeads(heads, defaultHeads, problems);
    checkFiles(files, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** True when targets are labels; false when they are numbers. */
  public boolean classifies() {
    return heads.get(0).kind() == Head.Kind.CLASSIFICATION;
  }

  /** The head of this name, if the release has it. */
  public Optional<Head> head(String name) {
    return heads.stream().filter(head -> head.name().equals(name)).findFirst();
  }

  private static void checkHeads(
      List<Head> heads, List<String> defaultHeads, List<String> problems) {
    List<String> names = heads.stream().map(Head::name).toList();
    require(!heads.isEmpty(), "heads is empty, expected at least one", problems);
    require(
        new TreeSet<>(names).size() == names.size(), "heads " + names + " repeat a name", problems);
    long classifying =
        heads.stream().filter(head -> head.kind() == Head.Kind.CLASSIFICATION).count();
    require(
        classifying == 0 || classifying == heads.size(),
        "heads " + heads + " mix CLASSIFICATION with others: targets are labels or numbers",
        problems);
    require(
        !defaultHeads.isEmpty() && names.containsAll(defaultHeads),
        "defaultHeads is " + defaultHeads + ", expected one or more of " + names,
        problems);
  }

  private static void checkFiles(SortedMap<String, String> files, List<String> problems) {
    require(
        files.keySet().equals(Release.LISTED_FILES)
            || files.keySet().equals(Release.LISTED_FILES_WITH_ITEMS),
        "files lists "
            + files.keySet()
            + ", expected "
            + Release.LISTED_FILES
            + ", and "
            + Release.ITEMS_FILE
            + " where there are items",
        problems);
    files.forEach(
        (file, digest) ->
            require(
                DIGEST.matcher(digest).matches(),
                "the digest of " + file + " is '" + digest + "', expected 64 hex digits",
                problems));
  }

  private static void require(boolean holds, String otherwise, List<String> problems) {
    if (!holds) {
      problems.add(otherwise);
    }
  }
}
