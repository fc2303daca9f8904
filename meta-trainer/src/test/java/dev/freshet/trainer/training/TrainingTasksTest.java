package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakCheck;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.toy.ToyCorpus;
import dev.freshet.trainer.toy.ToyEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingTasksTest {
  private static final TaskSizes SIZES = new TaskSizes(2, 8, 15, 120, 12);
  private static final int DRAWS = 60;

  private final Corpus corpus = ToyCorpus.of(20, 40);
  private final EmbeddingStore store = EmbeddingStore.inMemory(ToyEncoder.create());

  @Test
  void noClassIsOnBothSides() {
    TrainingTasks tasks = ToyTraining.tasks(ToyTraining.SETTINGS);
    LeakCheck.requireDisjoint(tasks.train(), tasks.heldOut());
    assertThat(tasks.heldOut().categories()).hasSize(8);
    assertThat(tasks.train().categories()).hasSize(24);
    assertThat(tasks.classes()).hasSize(24);
  }

  @Test
  void tasksDependOnTheirNumberAlone() {
    TaskSource source = new StreamTasks(corpus, store, SIZES, 3);
    List<TrainingTask> seventh = source.draw(7, 2);
    IntStream.range(0, 5).forEach(number -> source.draw(number, 3));
    assertThat(source.draw(7, 2)).isEqualTo(seventh);
    assertThat(source.draw(8, 2)).isNotEqualTo(seventh);
    assertThat(new StreamTasks(corpus, store, SIZES, 4).draw(7, 2)).isNotEqualTo(seventh);
  }

  @Test
  void streamsLeaveUnevenCountsAndNoLabelWithoutAnExample() {
    TaskSource source = new StreamTasks(corpus, store, SIZES, 3);
    int uneven = 0;
    for (int number = 0; number < DRAWS; number++) {
      TrainingTask task = source.draw(number, 1).get(0);
      List<Long> counts = counts(task);
      uneven += counts.stream().distinct().count() > 1 ? 1 : 0;
      assertThat(task.ways()).isBetween(2, 8);
      assertThat(counts).allMatch(count -> count <= 15);
      assertThat(task.queries().size()).isBetween(1, 12 + 8);
    }
    assertThat(uneven).isGreaterThan(DRAWS / 2);
  }

  @Test
  void evenTasksGoFromNoExampleToMany() {
    TaskSource source = new EvenTasks(corpus, store, SIZES, 3);
    Set<Long> seen = new TreeSet<>();
    Set<Integer> ways = new TreeSet<>();
    for (int number = 0; number < DRAWS; number++) {
      TrainingTask task = source.draw(number, 1).get(0);
      assertThat(counts(task).stream().distinct()).hasSize(1);
      seen.add(counts(task).get(0));
      ways.add(task.ways());
    }
    assertThat(seen).contains(0L, 1L).anyMatch(shots -> shots > 9);
    assertThat(ways).contains(2, 8).hasSizeGreaterThan(4);
  }

  @Test
  void nothingIsAskedThatWasAnExample() {
    for (TaskSource source :
        List.of(new StreamTasks(corpus, store, SIZES, 3), new EvenTasks(corpus, store, SIZES, 3))) {
      for (int number = 0; number < DRAWS; number++) {
        TrainingTask task = source.draw(number, 1).get(0);
        Set<SupportVector> examples = new HashSet<>();
        task.examples().forEach(row -> examples.add(row.vector()));
        assertThat(task.queries()).noneMatch(row -> examples.contains(row.vector()));
      }
    }
  }

  @Test
  void aSmallCorpusMakesSmallTasks() {
    TaskSizes fitting = TaskSizes.DEFAULT.fitting(ToyCorpus.of(6, 22));
    assertThat(fitting).isEqualTo(new TaskSizes(2, 6, 12, 400, 70));
    assertThatThrownBy(() -> TaskSizes.DEFAULT.fitting(ToyCorpus.of(6, 19)))
        .isInstanceOf(UnusableCorpusException.class)
        .hasMessageContaining("expected at least 2");
  }

  @Test
  void theSourceSaysWhatItDrawsFrom() {
    TrainingSettings settings = ToyTraining.SETTINGS;
    String identity = ToyTraining.tasks(settings).training().identity();
    assertThat(ToyTraining.tasks(settings).training().identity()).isEqualTo(identity);
    Corpus other = ToyCorpus.of("toy", "k", 32, 31);
    assertThat(TrainingTasks.of(other, store, settings, Progress.SILENT).training().identity())
        .isNotEqualTo(identity);
  }

  private static List<Long> counts(TrainingTask task) {
    return IntStream.range(0, task.ways())
        .mapToObj(way -> task.examples().stream().filter(row -> row.way() == way).count())
        .toList();
  }
}
