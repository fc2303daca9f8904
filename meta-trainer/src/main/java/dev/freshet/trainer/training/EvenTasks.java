package dev.freshet.trainer.training;

import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.episode.Episode;
import dev.freshet.trainer.episode.EpisodeSampler;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.taskstream.NumberedSeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Episodes: as many examples of every label, from none at all. */
final class EvenTasks implements TaskSource {
  private final Corpus corpus;
  private final EmbeddingStore store;
  private final TaskSizes sizes;
  private final long seed;
  private final EpisodeSampler sampler;

  /**
   * @param sizes that fit the corpus
   */
  EvenTasks(Corpus corpus, EmbeddingStore store, TaskSizes sizes, long seed) {
    this.corpus = corpus;
    this.store = store;
    this.sizes = sizes;
    this.seed = seed;
    this.sampler = new EpisodeSampler(corpus, List.of(), seed);
  }

  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    Random random = NumberedSeed.random(seed, number);
    Ways ways = Ways.of(sizes.drawWays(random));
    int shots = sizes.drawShots(random, ways.count().orElseThrow());
    List<TrainingTask> drawn = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      drawn.add(task(sampler.draw(ways, shots, number * tasks + i), random));
    }
    return drawn;
  }

  @Override
  public String identity() {
    return "episodes of %s, %s, seed %d".formatted(CorpusDigest.of(corpus), sizes, seed);
  }

  private TrainingTask task(Episode episode, Random random) {
    List<TrainingTask.Row> examples = new ArrayList<>();
    for (int way = 0; way < episode.labels().size(); way++) {
      for (String text : episode.examples().get(way)) {
        examples.add(new TrainingTask.Row(way, store.vector(text)));
      }
    }
    List<Episode.Query> queries = new ArrayList<>(episode.queries());
    Collections.shuffle(queries, random);
    return new TrainingTask(
        episode.labels().stream().map(label -> store.vector(label.text())).toList(),
        examples,
        queries.subList(0, Math.min(sizes.queriesMax(), queries.size())).stream()
            .map(query -> new TrainingTask.Row(query.way(), store.vector(query.text())))
            .toList());
  }
}
