package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What training gave: a learner and its items, ready to be a release.
 *
 * @param scores on users held out, by name
 * @param source of the ratings
 * @param ratings trained on
 * @param users trained on
 * @param segments that training users were known to be of
 * @param cutSeconds nothing from then on was looked at
 */
public record ReaderModel(
    Learner learner,
    ItemTable items,
    Map<String, Double> scores,
    String source,
    int ratings,
    int users,
    int segments,
    long cutSeconds,
    ReaderSettings settings) {
  /** In place of the id of what turns texts into vectors: there are no texts. */
  public static final String ENCODER = "items";

  public ReaderModel {
    scores = Map.copyOf(scores);
  }

  /**
   * Writes a release.
   *
   * @param notes added to the model card: what training cannot know; may be empty
   */
  public Release write(Path directory, String lineage, String id, String notes) {
    return new ReleaseWriter().write(directory, draft(lineage, id, notes), learner, items);
  }

  /** The same in memory only. */
  public Release assemble(String lineage, String id) {
    return new ReleaseWriter().assemble(draft(lineage, id, ""), learner, items);
  }

  private ReleaseDraft draft(String lineage, String id, String notes) {
    return new ReleaseDraft(
        lineage, id, ENCODER, trainingData(), scores, Optional.empty(), card(lineage, id, notes));
  }

  private String trainingData() {
    return String.format(
        Locale.ROOT,
        "%s: %d ratings by %d users of %d items, all before %s; an eighth of the users to decide when to stop; %sseed %d.",
        source,
        ratings,
        users,
        items.ids().size(),
        Instant.ofEpochSecond(cutSeconds),
        segments == 0 ? "" : segments + " segments, half of their users beginning from theirs; ",
        settings.seed());
  }

  private String card(String lineage, String id, String notes) {
    StringBuilder card = new StringBuilder();
    card.append("# ").append(lineage).append('/').append(id).append("\n\n");
    card.append("Every user is a task: a few ratings adapt it, and it answers with a number for an")
        .append(" item (`rating`, by ")
        .append(settings.learner())
        .append(") and with an order of the catalogue (`rank`, by a user vector adapted with a")
        .append(" softmax over the catalogue).\n\nTrained on ")
        .append(trainingData())
        .append("\n\n| on users held out | |\n|---|---|\n");
    new TreeMap<>(scores)
        .forEach(
            (name, value) ->
                card.append(String.format(Locale.ROOT, "| %s | %.4f |%n", name, value)));
    card.append(
            "\nErrors are mean absolute errors in the ratings' unit; surprise is the mean of −log")
        .append(" of the probability of what the user turned to next, over the catalogue.\n\n")
        .append(
            "Not for ratings of another scale or catalogue. An item that is not in the table is")
        .append(" answered for by its attributes alone.\n");
    if (!notes.isBlank()) {
      card.append("\n").append(notes.strip()).append("\n");
    }
    return card.toString().replace("\r\n", "\n");
  }
}
