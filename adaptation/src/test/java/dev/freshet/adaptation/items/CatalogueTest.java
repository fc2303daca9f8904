package dev.freshet.adaptation.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final long NOON = 1_700_000_000L;
  private static final long WEEK = 7 * 86_400;
  private static final long TICK = WEEK / 1024 + 1;
  private static final ItemLayout LAYOUT = new ItemLayout(2, 1);
  private static final ItemScale SCALE = new ItemScale(3.5, 2, WEEK, NOON, 0.5, 5);
  private static final List<String> NAMES = List.of("genre:A", "genre:B", "genre:C");

  private static ItemTable table(int items, long seed) {
    Random random = new Random(seed);
    Map<String, ItemEntry> entries = new TreeMap<>();
    Map<String, List<String>> attributesOf = new HashMap<>();
    for (int i = 0; i < items; i++) {
      String id = "i" + (i * 7L + seed);
      entries.put(
          id, new ItemEntry(factors(random), random.nextGaussian(), i, 3 * i, random.nextInt(9)));
      attributesOf.put(id, List.of(NAMES.get(i % 3)));
    }
    Map<String, ItemEntry> attributes = new TreeMap<>();
    NAMES.forEach(name -> attributes.put(name, new ItemEntry(factors(random), 0.25, 0, 0, 0)));
    return new ItemTable(LAYOUT, SCALE, entries, attributesOf, attributes);
  }

  private static float[] factors(Random random) {
    return new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()};
  }

  private static ItemChange rated(String item, long count, double sum, double recent, long at) {
    return new ItemChange(item, List.of(), false, true, count, sum, recent, at);
  }

  /** A random change of one of some forty items, of which about half are in the table. */
  private static ItemChange change(Random random, long seconds) {
    boolean described = random.nextInt(3) == 0;
    List<String> attributes =
        described ? List.of(NAMES.get(random.nextInt(3)), "unheard") : List.of();
    long count = random.nextInt(20);
    return new ItemChange(
        "i" + random.nextInt(200),
        attributes,
        described,
        random.nextInt(5) > 0,
        count,
        count * random.nextInt(5),
        random.nextDouble() * count,
        seconds - random.nextInt(1000));
  }

  /** Versions of a random history, and the last change of each item. */
  private static final class History {
    private final ItemTable table = table(150, 1);
    private final Map<String, ItemChange> last = new LinkedHashMap<>();
    private final List<Catalogue> versions = new ArrayList<>(List.of(Catalogue.of(table)));

    History(long seed) {
      Random random = new Random(seed);
      long seconds = NOON;
      for (int version = 0; version < 60; version++) {
        List<ItemChange> changes = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          changes.add(change(random, seconds));
        }
        seconds += random.nextInt((int) TICK);
        changes.forEach(change -> last.put(change.item(), change));
        versions.add(end().with(changes, seconds));
      }
    }

    /** Nothing adds nothing. */
    ItemChange said(String id) {
      return last.getOrDefault(id, rated(id, 0, 0, 0, NOON));
    }

    Catalogue end() {
      return versions.get(versions.size() - 1);
    }
  }

  /** Item by item, from what was said last: no pages, no positions. */
  private static float[] plainRow(ItemTable table, ItemChange change, String id, long asOf) {
    double tick = SCALE.halfLifeSeconds() / 1024;
    double at = Math.floor(asOf / tick) * tick;
    ItemEntry entry = table.item(id).orElseGet(() -> table.prior(change.attributes()));
    double count = entry.count() + change.count();
    double sum = entry.sum() + change.sum();
    double recent =
        entry.recent() * halved(at - NOON)
            + change.recent() * halved(at - change.recentAtSeconds());
    float[] factors = entry.factors();
    return new float[] {
      factors[0],
      factors[1],
      factors[2],
      (float) (3.5 + (sum - count * 3.5 + 2 * entry.priorBias()) / (count + 2)),
      (float) StrictMath.log1p(count),
      (float) StrictMath.log1p((float) recent)
    };
  }

  private static double halved(double age) {
    return StrictMath.pow(2, -Math.max(0, age) / WEEK);
  }

  @Test
  void rowsAreThoseOfAPlainRecomputation() {
    for (long seed = 0; seed < 10; seed++) {
      History history = new History(seed);
      Catalogue end = history.end();
      for (int i = 0; i < 200; i++) {
        String id = "i" + i;
        float[] plain = plainRow(history.table, history.said(id), id, end.asOfSeconds());
        assertThat(end.row(id)).as(id).isEqualTo(plain);
        if (end.knows(id)) {
          float[] copied = new float[8];
          FloatBuffer buffer = FloatBuffer.wrap(new float[8]);
          end.copyRow(end.position(id), copied, 1);
          end.copyRow(end.position(id), buffer, 1);
          assertThat(copied).containsSequence(plain).isEqualTo(buffer.array());
        }
      }
    }
  }

  @Test
  void positionsStayAndNewItemsComeLastInTheOrderOfArrival() {
    History history = new History(3);
    Map<String, Integer> seen = new HashMap<>();
    for (Catalogue version : history.versions) {
      for (int position = 0; position < version.size(); position++) {
        Integer before = seen.putIfAbsent(version.id(position), position);
        assertThat(before == null || before == position).isTrue();
        assertThat(version.position(version.id(position))).isEqualTo(position);
      }
    }
    Catalogue end = history.end();
    List<String> arrived =
        history.last.keySet().stream().filter(id -> history.table.item(id).isEmpty()).toList();
    assertThat(arrived).isNotEmpty();
    for (int i = 0; i < arrived.size(); i++) {
      assertThat(end.id(history.table.ids().size() + i)).isEqualTo(arrived.get(i));
    }
    assertThat(end.position("unheard")).isEqualTo(-1);
    assertThat(end.knows("unheard")).isFalse();
  }

  @Test
  void whatTheStreamSaysLastHolds() {
    History history = new History(4);
    Catalogue end = history.end();
    history.last.forEach(
        (id, change) -> {
          int position = end.position(id);
          assertThat(end.available(position)).isEqualTo(change.available());
          assertThat(end.attributes(position))
              .isEqualTo(change.described() ? change.attributes() : history.table.attributesOf(id));
        });
  }

  @Test
  void anExampleKeepsItsRowWhileTheCatalogueMovesOn() {
    History history = new History(5);
    Catalogue end = history.end();
    for (Catalogue version : history.versions) {
      for (String id : List.of("i1", "i8", "i15", "i50", "i199")) {
        ItemMoment moment = version.moment(id);
        assertThat(version.row(id, moment)).isEqualTo(version.row(id));
        // A new item's factors are its description's, which may have come later.
        if (history.table.item(id).isPresent()) {
          assertThat(end.row(id, moment)).isEqualTo(version.row(id));
        }
      }
    }
  }

  @Test
  void aRestoredCatalogueIsTheSame() {
    for (long seed = 0; seed < 10; seed++) {
      History history = new History(seed);
      Catalogue end = history.end();

      Catalogue restored = Catalogue.of(history.table).with(end.changes(), end.asOfSeconds());

      assertThat(restored).isEqualTo(end).hasSameHashCodeAs(end);
      assertThat(end.changes()).containsExactlyInAnyOrderElementsOf(history.last.values());
      for (int position = 0; position < end.size(); position++) {
        assertThat(restored.id(position)).isEqualTo(end.id(position));
        assertThat(restored.row(end.id(position))).isEqualTo(end.row(end.id(position)));
      }
    }
  }

  @Test
  void overAnotherTableItDoesNotMatterWhichTablesWereBefore() {
    Catalogue end = new History(6).end();
    ItemTable other = table(40, 2);
    ItemTable third = table(90, 3);

    Catalogue direct = end.over(third);
    Catalogue around = end.over(other).over(third);

    assertThat(around).isEqualTo(direct);
    for (int position = 0; position < direct.size(); position++) {
      assertThat(around.id(position)).isEqualTo(direct.id(position));
    }
    assertThat(direct.changes()).isEqualTo(end.changes());
  }

  @Test
  void aChangeCopiesItsOwnPageAndNoOther() {
    Catalogue before = Catalogue.of(table(150, 1));
    String item = before.id(70);
    Catalogue after = before.with(List.of(rated(item, 1, 5, 1, NOON)), before.asOfSeconds());

    assertThat(after.sharesRows(before, 0)).isTrue();
    assertThat(after.sharesRows(before, 1)).isFalse();
    assertThat(after.sharesRows(before, 2)).isTrue();
    assertThat(before.row(item)).isNotEqualTo(after.row(item));
  }

  @Test
  void betweenTwoTicksNothingDecaysAndAtATickEverythingDoes() {
    Catalogue catalogue = Catalogue.of(table(150, 1));
    long tick = (long) Math.ceil(Math.floor(NOON / (WEEK / 1024.0) + 5) * (WEEK / 1024.0));
    Catalogue first = catalogue.with(List.of(), tick);
    Catalogue within = first.with(List.of(), tick + 500);
    Catalogue beyond = first.with(List.of(), tick + TICK);
    // The table's item 100 has a decayed count.
    String item = first.id(3);

    assertThat(within.sharesRows(first, 0)).isTrue();
    assertThat(within.row(item)).isEqualTo(first.row(item));
    assertThat(beyond.sharesRows(first, 0)).isFalse();
    assertThat(beyond.moment(item).recent()).isLessThan(first.moment(item).recent());
  }

  @Test
  void aRetractionLowersCountsToWhatTheyWouldHaveBeen() {
    Catalogue start = Catalogue.of(table(10, 1));
    String item = start.id(0);
    Catalogue once = start.with(List.of(rated(item, 1, 4, 1, NOON)), NOON);
    Catalogue twice = once.with(List.of(rated(item, 2, 9, 2, NOON)), NOON);
    Catalogue retracted = twice.with(List.of(rated(item, 1, 4, 1, NOON)), NOON);

    assertThat(retracted).isEqualTo(once);
    assertThat(retracted.row(item)).isEqualTo(once.row(item));
  }

  @Test
  void manyNewItemsAreAllFoundAgain() {
    Catalogue catalogue = Catalogue.of(table(100, 1));
    List<ItemChange> changes = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      changes.add(rated("new" + i, 1, 1, 1, NOON));
    }
    // "Aa" and "BB" have the same hash, and so has every text made of as many of them.
    for (int i = 0; i < 1 << 6; i++) {
      StringBuilder id = new StringBuilder();
      for (int bit = 0; bit < 6; bit++) {
        id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      changes.add(rated(id.toString(), 1, 1, 1, NOON));
    }

    Catalogue next = catalogue.with(changes, NOON);

    for (int i = 0; i < changes.size(); i++) {
      assertThat(next.position(changes.get(i).item())).isEqualTo(100 + i);
    }
    assertThat(catalogue.knows("new7")).isFalse();
    assertThat(next.size()).isEqualTo(100 + changes.size());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> rated("jaws", -1, 0, 0, NOON)).hasMessageContaining("jaws");
    assertThatThrownBy(() -> rated("jaws", 1, Double.NaN, 0, NOON)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> rated("jaws", 1, 1, -1, NOON)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new ItemChange("jaws", List.of("a"), false, true, 0, 0, 0, NOON))
        .hasMessageContaining("not described");
    assertThatThrownBy(() -> new ItemMoment(0, 0, Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Catalogue.of(table(3, 1)).id(3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(Objects.requireNonNull(Catalogue.of(table(0, 1))).size()).isZero();
  }
}
