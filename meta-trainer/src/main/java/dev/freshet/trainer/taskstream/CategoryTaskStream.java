package dev.freshet.trainer.taskstream;

import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Tasks over a corpus's categories, several at a time, taking turns of one example each. A task's
 * history depends on the corpus, the settings and its number, not on how many others are under way.
 */
public final class CategoryTaskStream {
  private final StreamSettings settings;
  private final List<Category> categories;

  /**
   * Checks that tasks can be made.
   *
   * @throws UnusableCorpusException if the corpus has too few categories with enough texts
   */
  public CategoryTaskStream(Corpus corpus, StreamSettings settings) {
    this.settings = settings;
    this.categories = corpus.categoriesWithTexts(settings.textsPerLabelMin());
    if (categories.size() < settings.ways()) {
      throw new UnusableCorpusException(
          "Corpus '"
              + corpus.name()
              + "' has "
              + categories.size()
              + " labels with at least "
              + settings.textsPerLabelMin()
              + " texts ("
              + settings.shotsMax()
              + " examples and 10 to ask about), expected at least "
              + settings.ways()
              + ". Ask for fewer ways or fewer shots.");
    }
  }

  /** From the beginning; each call gives the same steps. */
  public Iterator<Step> steps() {
    return new Steps();
  }

  private TaskScript script(int number) {
    Random random = NumberedSeed.random(settings.seed(), number);
    List<Category> shuffled = new ArrayList<>(categories);
    Collections.shuffle(shuffled, random);
    String task = String.format(Locale.ROOT, "%s-%04d", settings.taskPrefix(), number);
    return new TaskScript(settings, task, shuffled.subList(0, settings.ways()), random);
  }

  private final class Steps implements Iterator<Step> {
    private final Deque<TaskScript> underWay = new ArrayDeque<>();
    private final Deque<Step> ready = new ArrayDeque<>();
    private int started;

    @Override
    public boolean hasNext() {
      if (ready.isEmpty()) {
        startTasks();
        takeTurn();
      }
      return !ready.isEmpty();
    }

    @Override
    public Step next() {
      if (!hasNext()) {
        throw new NoSuchElementException("All " + started + " tasks of the stream are over.");
      }
      return ready.removeFirst();
    }

    private void startTasks() {
      int tasks = settings.tasks().orElse(Integer.MAX_VALUE);
      while (underWay.size() < settings.tasksAtOnce() && started < tasks) {
        underWay.addLast(script(++started));
      }
    }

    private void takeTurn() {
      TaskScript task = underWay.pollFirst();
      if (task == null) {
        return;
      }
      ready.addAll(task.nextTurn());
      if (!task.isOver()) {
        underWay.addLast(task);
      }
    }
  }
}
