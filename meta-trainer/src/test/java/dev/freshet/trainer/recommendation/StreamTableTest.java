package dev.freshet.trainer.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  private final StreamTable table = new StreamTable();

  @Test
  void aUserCountsOnceHoweverMuchWasAsked() {
    table.add("default", "ann", 2, Metric.MAE, 1);
    table.add("default", "ann", 4, Metric.MAE, 3);
    table.add("default", "bob", 3, Metric.MAE, 0);

    assertThat(table.rows()).hasSize(1);
    StreamTable.Row row = table.rows().get(0);
    assertThat(row.ownExamples().toString()).isEqualTo("2–4");
    assertThat(row.figure(Metric.MAE).orElseThrow().value()).isEqualTo(1.0);
    assertThat(row.figure(Metric.MAE).orElseThrow().users()).isEqualTo(2);
  }

  @Test
  void rangesMeetWithoutGapsAndOrdersAreJudgedWhereAnythingIsRelevant() {
    for (int own : List.of(0, 1, 4, 5, 9, 10, 19, 20, 400)) {
      table.addOrder("default", "ann", own, List.of("a", "b"), Set.of("b"));
    }
    table.addOrder("default", "bob", 0, List.of("a"), Set.of());

    assertThat(table.rows())
        .extracting(row -> row.ownExamples().toString())
        .containsExactly("0", "1", "2–4", "5–9", "10–19", "20+");
    assertThat(table.rows().get(0).figure(Metric.NDCG10).orElseThrow().value())
        .isCloseTo(Math.log(2) / Math.log(3), Offset.offset(1e-12));
    assertThat(table.rows().get(0).figure(Metric.NDCG10).orElseThrow().users()).isEqualTo(1);
    assertThatThrownBy(() -> table.add("default", "ann", -1, Metric.MAE, 0))
        .hasMessageContaining("expected 0 or more");
  }

  @Test
  void differencesAreOverUsersWhomBothAnswered() {
    table.add("default", "ann", 0, Metric.MAE, 1);
    table.add("default", "bob", 0, Metric.MAE, 9);
    table.add("popularity", "ann", 0, Metric.MAE, 3);
    StreamTable.Range none = table.rows().get(0).ownExamples();

    assertThat(table.difference("default", "popularity", none, Metric.MAE).orElseThrow().value())
        .isEqualTo(-2.0);
    assertThat(table.difference("default", "ials", none, Metric.MAE)).isEmpty();
  }
}
