package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SupportSetTest {
  private static final float[] A = {1, 0};
  private static final float[] B = {0, 1};

  private static SupportSet.Builder two() {
    return SupportSet.builder(2, 2);
  }

  @Test
  void digestIsTheSameForTheSameContent() {
    SupportSet once = two().name(0, A).example(1, B).build();
    SupportSet again = two().example(1, B.clone()).name(0, A.clone()).build();
    assertThat(again.digest()).isEqualTo(once.digest()).matches("[0-9a-f]{32}");
  }

  @Test
  void digestIsPinned() {
    // It is written into predictions: a change here makes old ones impossible to compare.
    assertThat(two().name(0, A).example(1, B).build().digest())
        .isEqualTo("7956d300a2c19c97231f1e3dd8a38b3e");
  }

  @Test
  void digestChangesWithEverythingThatAdaptingSees() {
    List<SupportSet> different = new ArrayList<>();
    different.add(two().build());
    different.add(SupportSet.builder(2, 3).build());
    different.add(SupportSet.builder(3, 2).build());
    different.add(two().name(0, A).build());
    different.add(two().name(1, A).build());
    different.add(two().example(0, A).build());
    different.add(two().example(0, B).build());
    different.add(two().example(0, A).example(1, B).build());
    different.add(two().example(1, B).example(0, A).build());
    different.add(two().example(0, A).example(0, A).build());
    different.add(two().example(0, new float[] {1, -0f}).build());
    different.add(two().example(0, new float[] {Math.nextUp(1f), 0}).build());
    different.add(SupportSet.builder(2, 1).example(0, A).build());
    different.add(SupportSet.builder(2, 1).scored(0f, A).build());
    different.add(SupportSet.builder(2, 1).scored(1f, A).build());
    Set<String> digests = new HashSet<>();
    different.forEach(set -> digests.add(set.digest()));
    assertThat(digests).hasSameSizeAs(different);
  }

  @Test
  void aVectorThatIsKeptGivesTheDigestOfItsNumbers() {
    SupportVector kept = SupportVector.of(B);
    SupportSet first = two().name(0, A).example(1, kept).build();
    SupportSet second = two().name(0, A).example(1, kept).example(0, kept).build();
    assertThat(first.digest()).isEqualTo(two().name(0, A).example(1, B).build().digest());
    assertThat(second.digest())
        .isEqualTo(two().name(0, A).example(1, B).example(0, B).build().digest());
    assertThat(SupportSet.builder(2, 1).scored(3f, kept).build().digest())
        .isEqualTo(SupportSet.builder(2, 1).scored(3f, B).build().digest());
  }

  @Test
  void namesOnlyIsTheTaskBeforeItsFirstExample() {
    SupportSet support = two().name(0, A).name(1, B).example(1, B).build();
    assertThat(support.rows()).isEqualTo(3);
    assertThat(support.examples()).isEqualTo(1);
    assertThat(support.namesOnly().digest())
        .isEqualTo(two().name(0, A).name(1, B).build().digest());
    SupportSet names = support.namesOnly();
    assertThat(names.namesOnly()).isSameAs(names);
  }

  @Test
  void refusesRowsThatNoBatchShouldMeet() {
    assertThatThrownBy(() -> two().example(0, A).example(0, new float[] {0, Float.NaN}))
        .hasMessageContaining("Example row 1 is NaN at feature 1");
    assertThatThrownBy(() -> two().name(0, new float[] {Float.POSITIVE_INFINITY, 0}))
        .hasMessageContaining("Label-name row 0 is Infinity at feature 0");
    assertThatThrownBy(() -> two().name(0, new float[] {1e30f, 0})).hasMessageContaining("at most");
    assertThatThrownBy(() -> two().example(0, new float[3]))
        .hasMessage("Example row 0 has 3 features, expected 2.");
    assertThatThrownBy(() -> two().name(0, SupportVector.of(new float[1])))
        .hasMessage("Label-name row 0 has 1 features, expected 2.");
    assertThatThrownBy(() -> two().example(2, A)).hasMessageContaining("way 2, expected 0 to 1");
    assertThatThrownBy(() -> two().scored(1, A)).hasMessageContaining("exactly 1");
    assertThatThrownBy(() -> SupportSet.builder(2, 1).scored(Float.NaN, A))
        .hasMessageContaining("Scored row 0 has the number NaN");
    assertThatThrownBy(() -> SupportSet.builder(0, 1)).hasMessageContaining("features is 0");
    assertThatThrownBy(() -> SupportSet.builder(1, -1)).hasMessageContaining("ways is -1");
  }
}
