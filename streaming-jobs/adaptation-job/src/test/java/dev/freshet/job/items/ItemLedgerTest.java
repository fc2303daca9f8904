package dev.freshet.job.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import dev.freshet.schemas.TaskEventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemLedgerTest {
  private static ItemsChanged version(long version, String... items) {
    List<ItemState> states = new ArrayList<>();
    for (String item : items) {
      states.add(new ItemState(item, Optional.empty(), true, version, 0, 0, 0));
    }
    SegmentState segment =
        new SegmentState("s" + version, List.of(new SegmentRow("a", (double) version)));
    return new ItemsChanged("readers", version, 100 + version, states, List.of(segment));
  }

  private static boolean apply(ItemLedger ledger, ItemsChanged change) {
    return ledger.apply(change, new TaskEventCodec().encode(change));
  }

  @Test
  void whoReadTheSameHasTheSameLabelAndWhoDidNotHasAnother() {
    ItemLedger one = new ItemLedger("readers");
    ItemLedger same = new ItemLedger("readers");
    ItemLedger other = new ItemLedger("readers");
    for (ItemLedger ledger : List.of(one, same)) {
      apply(ledger, version(1, "a"));
      apply(ledger, version(2, "b"));
    }
    apply(other, version(2, "b"));

    assertThat(one.label()).isEqualTo(same.label()).startsWith("2-");
    assertThat(other.label()).startsWith("2-").isNotEqualTo(one.label());
  }

  @Test
  void aVersionThatDoesNotExceedTheLastSaysNothing() {
    ItemLedger ledger = new ItemLedger("readers");
    assertThat(apply(ledger, version(2, "a"))).isTrue();
    String label = ledger.label();

    assertThat(apply(ledger, version(2, "b"))).isFalse();
    assertThat(apply(ledger, version(1, "b"))).isFalse();
    assertThat(ledger.label()).isEqualTo(label);
  }

  @Test
  void restoredFromItsPartsItIsTheSameInTheSameOrder() {
    ItemLedger ledger = new ItemLedger("readers");
    for (int i = 1; i <= 1_500; i++) {
      apply(ledger, version(i, "item-" + (i * 7919) % 1_200));
    }

    ItemLedger restored = new ItemLedger("readers");
    ledger.whole().forEach(part -> restored.restore(part, ledger.label()));

    assertThat(restored.whole()).isEqualTo(ledger.whole());
    assertThat(restored.label()).isEqualTo(ledger.label());
    assertThat(restored.version()).isEqualTo(1_500);
    assertThat(restored.segment("s7")).contains(List.of(new SegmentRow("a", 7)));
    apply(ledger, version(1_501, "z"));
    apply(restored, version(1_501, "z"));
    assertThat(restored.label()).isEqualTo(ledger.label());
  }

  @Test
  void ofNothingThereIsNothingToKeep() {
    assertThat(new ItemLedger("readers").whole()).isEmpty();
    assertThat(new ItemLedger("readers").label()).isEqualTo(ItemLedger.UNCHANGED);
    assertThat(new ItemLedger("readers").segment("s")).isEmpty();
  }
}
