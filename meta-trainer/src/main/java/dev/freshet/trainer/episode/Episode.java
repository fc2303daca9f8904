package dev.freshet.trainer.episode;

import dev.freshet.schemas.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * A task with its questions, in texts.
 *
 * @param number of the episode; those of one number and one seed share their labels
 * @param labels a way each
 * @param examples of each label, in the order of the labels
 */
public record Episode(
    int number, List<Label> labels, List<List<String>> examples, List<Query> queries) {

  /**
   * A question and its answer.
   *
   * @param way position of the true label
   */
  public record Query(String text, int way) {}

  public Episode {
    labels = List.copyOf(labels);
    examples = examples.stream().map(List::copyOf).toList();
    queries = List.copyOf(queries);
    if (examples.size() != labels.size()) {
      throw new IllegalArgumentException(
          "Episode %d has %d labels and examples of %d, expected as many."
              .formatted(number, labels.size(), examples.size()));
    }
  }

  /** Every text that has to be encoded; a label's name and description are one. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    labels.forEach(label -> texts.add(label.text()));
    examples.forEach(texts::addAll);
    queries.forEach(query -> texts.add(query.text()));
    return texts;
  }
}
