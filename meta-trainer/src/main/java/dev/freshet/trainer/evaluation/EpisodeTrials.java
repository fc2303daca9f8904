package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.episode.Episode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An episode with its texts as vectors. */
final class EpisodeTrials {
  private EpisodeTrials() {}

  static Trial of(Episode episode, EmbeddingStore store) {
    List<Support.Example> examples = new ArrayList<>();
    for (int way = 0; way < episode.labels().size(); way++) {
      for (String text : episode.examples().get(way)) {
        examples.add(new Support.Example(way, store.vector(text)));
      }
    }
    Support support =
        new Support(
            episode.labels().size(),
            Optional.of(
                episode.labels().stream().map(label -> store.vector(label.text())).toList()),
            examples);
    List<Trial.Question> questions =
        episode.queries().stream()
            .map(
                query ->
                    new Trial.Question(
                        store.vector(query.text()),
                        query.way(),
                        episode.examples().get(query.way()).size()))
            .toList();
    return new Trial(episode.number(), support, questions);
  }
}
