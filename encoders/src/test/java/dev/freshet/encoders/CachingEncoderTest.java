package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CachingEncoderTest {
  private static final long ONE_ENTRY_BYTES =
      CachingEncoder.ENTRY_OVERHEAD_BYTES + 2L + 2L * Float.BYTES;

  private final CountingEncoder encoder = new CountingEncoder();

  @Test
  void aTextSeenBeforeIsAnsweredWithoutTheEncoder() {
    CachingEncoder cache = new CachingEncoder(encoder, 10_000);
    EncodedText first = cache.encode("poodle");
    assertThat(cache.encode("poodle")).isEqualTo(first).isEqualTo(encoder.encode("poodle"));
    assertThat(first.truncated()).isTrue();
    assertThat(cache.counts().hits()).isEqualTo(1);
    assertThat(cache.counts().misses()).isEqualTo(1);
  }

  @Test
  void neverHoldsMoreThanItsBytes() {
    CachingEncoder cache = new CachingEncoder(encoder, 1_000);
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      cache.encode("x".repeat(1 + random.nextInt(300)));
      assertThat(cache.counts().bytes()).isBetween(1L, 1_000L);
    }
    assertThat(cache.counts().evictions()).isPositive();
  }

  @Test
  void forgetsWhatWasLongestUnused() {
    CachingEncoder cache = new CachingEncoder(encoder, 2 * ONE_ENTRY_BYTES);
    List.of("a", "b", "a", "c").forEach(cache::encode);
    assertThat(cache.counts())
        .isEqualTo(new CachingEncoder.Counts(1, 3, 1, 2, 2 * ONE_ENTRY_BYTES));
    cache.encode("a");
    assertThat(cache.counts().hits()).isEqualTo(2);
    cache.encode("b");
    assertThat(cache.counts().misses()).isEqualTo(4);
  }

  @Test
  void aTextLargerThanTheWholeCachePushesNothingOut() {
    CachingEncoder cache = new CachingEncoder(encoder, 2 * ONE_ENTRY_BYTES);
    cache.encode("a");
    cache.encode("x".repeat(1_000));
    assertThat(cache.counts().entries()).isEqualTo(1);
    assertThat(cache.counts().evictions()).isZero();
  }

  @Test
  void noBytesMeansNoMemory() {
    CachingEncoder cache = new CachingEncoder(encoder, 0);
    cache.encode("a");
    cache.encode("a");
    assertThat(encoder.calls).hasValue(2);
    assertThat(cache.counts().entries()).isZero();
  }

  @Test
  void refusalsAreNotRemembered() {
    CachingEncoder cache = new CachingEncoder(encoder, 1_000);
    assertThatThrownBy(() -> cache.encode(" ")).isInstanceOf(UnencodableTextException.class);
    assertThat(cache.counts().entries()).isZero();
  }

  @Test
  void negativeLimitIsRefused() {
    assertThatThrownBy(() -> new CachingEncoder(encoder, -1)).hasMessageContaining("-1 bytes");
  }

  @Test
  void speaksForTheEncoderAndClosesIt() {
    CachingEncoder cache = new CachingEncoder(encoder, 1_000);
    assertThat(cache.id()).isEqualTo("counting");
    assertThat(cache.dimension()).isEqualTo(2);
    cache.close();
    assertThat(encoder.closed).isTrue();
  }

  @Test
  void manyThreadsGetExactAnswersAndEveryCallIsCounted() throws Exception {
    CachingEncoder cache = new CachingEncoder(encoder, 20 * ONE_ENTRY_BYTES);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        Random random = new Random(seed);
        calls.add(() -> thousandAnswersAreExact(cache, random));
      }
      for (Future<Boolean> exact : threads.invokeAll(calls)) {
        assertThat(exact.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    CachingEncoder.Counts counts = cache.counts();
    assertThat(counts.hits() + counts.misses()).isEqualTo(4_000);
    assertThat(counts.bytes()).isEqualTo(counts.entries() * ONE_ENTRY_BYTES);
  }

  private static boolean thousandAnswersAreExact(CachingEncoder cache, Random random) {
    CountingEncoder reference = new CountingEncoder();
    for (int i = 0; i < 1_000; i++) {
      String text = Character.toString('A' + random.nextInt(50));
      if (!cache.encode(text).equals(reference.encode(text))) {
        return false;
      }
    }
    return true;
  }
}
