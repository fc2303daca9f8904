package dev.freshet.trainer.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.history.PastTask;
import dev.freshet.trainer.refresh.RefreshOutcome.Judged;
import dev.freshet.trainer.refresh.RefreshOutcome.NotEnough;
import dev.freshet.trainer.toy.ToyCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest {
  private static final Release CHAMPION = ToyRefresh.champion();

  @TempDir private Path directory;

  @Test
  void aChallengerThatKnowsTheDomainPassesAndSaysWhereItComesFrom() {
    Judged judged = judged(ToyRefresh.tasks(32, 30), ToyRefresh.SETTINGS);

    assertThat(judged.reason()).contains("better beyond noise");
    assertThat(judged.challenger().metricShare()).isPositive();
    Release release = judged.release().orElseThrow().write(directory.resolve("refresh-2-abc"));
    assertThat(release.manifest().parent()).contains("toy-1");
    assertThat(release.manifest().trainingData())
        .startsWith("Log of toys up to 0:17: 8 tasks; 18 classes trained on")
        .contains("6 to choose, 8 to judge by; seed 7");
    assertThat(release.manifest().scores())
        .containsEntry("streamsLead", judged.gate().orElseThrow().streams().accuracyLead().mean());
    assertThat(release.modelCard()).contains("toys / refresh-2-abc", "toy-1", "streams");
  }

  @Test
  void theSameLogGivesTheSameBytes() {
    List<PastTask> tasks = ToyRefresh.tasks(32, 30);
    List<PastTask> otherOrder = new ArrayList<>(tasks);
    Collections.reverse(otherOrder);
    Release one =
        judged(tasks, ToyRefresh.SETTINGS).release().orElseThrow().write(directory.resolve("one"));
    Release other =
        judged(otherOrder, ToyRefresh.SETTINGS)
            .release()
            .orElseThrow()
            .write(directory.resolve("other"));
    assertThat(other.digest()).isEqualTo(one.digest());
  }

  /** How many rows fall into a millisecond of the log is the machine's doing. */
  @Test
  void theSameTasksToldFasterGiveTheSameBytes() {
    List<PastTask> slow = ToyRefresh.tasks(32, 30);
    List<PastTask> fast = slow.stream().map(RefreshTest::sevenTimesAsFast).toList();
    Release one =
        judged(slow, ToyRefresh.SETTINGS).release().orElseThrow().write(directory.resolve("one"));
    Release other =
        judged(fast, ToyRefresh.SETTINGS).release().orElseThrow().write(directory.resolve("other"));
    assertThat(other.digest()).isEqualTo(one.digest());
  }

  private static PastTask sevenTimesAsFast(PastTask task) {
    return new PastTask(
        task.task(),
        task.labels(),
        task.rows().stream()
            .map(row -> new PastTask.Row(row.label(), row.features(), row.timestampMillis() / 7))
            .toList());
  }

  @Test
  void noClassIsOnTwoSidesAlsoWhenTwoTasksCallItTheSame() {
    List<PastTask> tasks = new ArrayList<>(ToyRefresh.tasks(32, 30));
    Category again = new Category("other-id", "NAME  of k0", Optional.empty(), texts());
    tasks.add(ToyRefresh.task("again", List.of(again)));
    ClassSplit split = judged(tasks, ToyRefresh.SETTINGS).split();

    Set<String> names = new HashSet<>();
    for (var side : List.of(split.train(), split.choosing(), split.judging())) {
      side.categories().forEach(category -> assertThat(names.add(category.id())).isTrue());
    }
    assertThat(names).hasSize(32);
    assertThatThrownBy(
            () ->
                new ClassSplit(
                    split.train(),
                    split.choosing(),
                    split.train(),
                    split.choosingRecurring(),
                    split.judgingRecurring()))
        .isInstanceOf(LeakException.class);
  }

  @Test
  void aClassKeepsItsSideWhenOthersJoin() {
    Set<String> before = ids(judged(ToyRefresh.tasks(32, 30), ToyRefresh.SETTINGS));
    Set<String> after = ids(judged(ToyRefresh.tasks(36, 30), ToyRefresh.SETTINGS));
    after.retainAll(before);
    assertThat(after).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void aChallengerThatIsTheChampionIsNotPublished() {
    RefreshSettings still =
        ToyRefresh.SETTINGS.withTraining(ToyRefresh.SETTINGS.training().withRates(0, 0));
    Judged first = judged(ToyRefresh.tasks(32, 30), still);
    Release refreshed = first.release().orElseThrow().write(directory.resolve("refresh-2-abc"));
    Judged again = (Judged) ToyRefresh.run(refreshed, ToyRefresh.tasks(32, 30), still);
    assertThat(again.release()).isEmpty();
  }

  @Test
  void tooFewClassesAreNotEnoughYet() {
    RefreshOutcome outcome =
        ToyRefresh.run(CHAMPION, ToyRefresh.tasks(10, 30), ToyRefresh.SETTINGS);
    assertThat(outcome).isInstanceOf(NotEnough.class);
    assertThat(outcome.reason())
        .contains("Not enough yet", "10 named classes", "expected at least 14: 8 to train on");
  }

  @Test
  void tooFewTextsAreNotEnoughYet() {
    RefreshOutcome outcome =
        ToyRefresh.run(CHAMPION, ToyRefresh.tasks(32, 12), ToyRefresh.SETTINGS);
    assertThat(outcome.reason()).contains("0 named classes", "32 have fewer");
    assertThat(ToyRefresh.run(CHAMPION, List.of(), ToyRefresh.SETTINGS))
        .isInstanceOf(NotEnough.class);
  }

  private static Judged judged(List<PastTask> tasks, RefreshSettings settings) {
    return (Judged) ToyRefresh.run(CHAMPION, tasks, settings);
  }

  private static Set<String> ids(Judged judged) {
    Set<String> ids = new HashSet<>();
    judged.split().judging().categories().forEach(category -> ids.add(category.id()));
    return ids;
  }

  private static List<String> texts() {
    return ToyCorpus.category("k0", 40).texts();
  }
}
