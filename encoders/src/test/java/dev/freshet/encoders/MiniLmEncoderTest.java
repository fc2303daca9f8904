package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmEncoderTest {
  private static final String[] WORDS = {
    "wooden", "train", "set", "with", "bridge", "1:64", "die-cast", "Ünïcode", "日本", "puzzle", "€5"
  };

  private static MiniLmEncoder encoder;

  @BeforeAll
  static void load() {
    encoder = MiniLmEncoder.create();
  }

  @AfterAll
  static void unload() {
    encoder.close();
  }

  /** A dynamically quantised model answers otherwise when texts share a call or are padded. */
  @Test
  void vectorDoesNotDependOnWhatWasEncodedBeforeNorOnItsLength() {
    List<String> texts = textsOfManyLengths(60, 1);
    Map<String, EncodedText> alone = new HashMap<>();
    texts.forEach(text -> alone.put(text, encoder.encode(text)));
    for (int seed = 2; seed < 5; seed++) {
      Collections.shuffle(texts, new Random(seed));
      for (String text : texts) {
        assertThat(encoder.encode(text)).isEqualTo(alone.get(text));
      }
    }
  }

  @Test
  void vectorDoesNotDependOnTextsEncodedAtTheSameTime() throws Exception {
    List<String> texts = textsOfManyLengths(40, 7);
    List<EncodedText> alone = texts.stream().map(encoder::encode).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<EncodedText>>> calls = new ArrayList<>();
      for (int shift = 0; shift < 8; shift++) {
        int start = shift * 5;
        calls.add(() -> encodeFrom(start, texts));
      }
      for (Future<List<EncodedText>> answers : threads.invokeAll(calls)) {
        assertThat(answers.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherEncoderGivesTheSameBits() {
    List<String> texts = textsOfManyLengths(10, 11);
    try (MiniLmEncoder other = MiniLmEncoder.create()) {
      assertThat(texts.stream().map(other::encode))
          .isEqualTo(texts.stream().map(encoder::encode).toList());
    }
  }

  @Test
  void vectorsHaveUnitLengthAndTheDimensionTheEncoderNames() {
    float[] vector = encoder.encode("poodle").vector();
    assertThat(vector).hasSize(384).hasSize(encoder.dimension());
    assertThat(cosine(vector, vector)).isBetween(0.999999, 1.000001);
  }

  @Test
  void relatedMeaningsLieCloserThanUnrelatedOnes() {
    assertThat(similarity("poodle", "dog"))
        .isGreaterThan(similarity("poodle", "interest rate") + 0.3);
    assertThat(similarity("How do I get a new card?", "My card was lost, I need another one"))
        .isGreaterThan(similarity("How do I get a new card?", "Rain is expected tomorrow") + 0.3);
  }

  /** tokenizer.json asks for padding to 128. */
  @Test
  void aShortTextIsNotPadded() {
    assertThat(encoder.encode("hello world").tokens()).isEqualTo(4);
  }

  @Test
  void aTextOfExactly128TokensIsWhole() {
    EncodedText whole = encoder.encode("a ".repeat(126));
    assertThat(whole.tokens()).isEqualTo(128);
    assertThat(whole.truncated()).isFalse();
  }

  @Test
  void aLongerTextIsCutAt128TokensAndSaysSo() {
    EncodedText cut = encoder.encode("a ".repeat(126) + "zebra");
    assertThat(cut.tokens()).isEqualTo(128);
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.vector()).isEqualTo(encoder.encode("a ".repeat(126)).vector());
  }

  /** Beyond a length only the first words are tokenised; that must not show. */
  @Test
  void aVeryLongTextIsItsFirst128Tokens() {
    String words = String.join(" ", textsOfManyLengths(60, 3));
    EncodedText cut = encoder.encode(words.repeat(100));
    assertThat(cut.truncated()).isTrue();
    assertThat(cut).isEqualTo(encoder.encode(words.substring(0, words.lastIndexOf(' ', 1500))));
  }

  /** The first 2048 characters hold few tokens here, so all of the text has to be looked at. */
  @Test
  void wordsBehindALongUnknownWordStillCount() {
    String unknown = "q".repeat(1500) + " ";
    EncodedText both = encoder.encode(unknown + unknown + "zebra");
    assertThat(both.truncated()).isFalse();
    assertThat(both.vector()).isNotEqualTo(encoder.encode(unknown + unknown).vector());
  }

  @Test
  void blankTextIsRefused() {
    for (String blank : List.of("", " ", "\n\t ")) {
      assertThatThrownBy(() -> encoder.encode(blank))
          .isInstanceOf(UnencodableTextException.class)
          .hasMessageContaining("blank text of " + blank.length() + " characters");
    }
  }

  @Test
  void textWithoutASingleTokenIsRefused() {
    for (String empty : List.of("\u0000\u0001", "\u200b", "\u00a0", "\ufffd", "\udc00")) {
      assertThatThrownBy(() -> encoder.encode(empty))
          .isInstanceOf(UnencodableTextException.class)
          .hasMessageContaining("found no token");
    }
  }

  @Test
  void framingMarksAndBrokenCharactersInATextAreEncodedLikeAnythingElse() {
    for (String odd :
        List.of("[SEP] [CLS]", "nul\u0000nul", "broken \ud800 pair", "\ud83d\ude00")) {
      assertThat(encoder.encode(odd)).isEqualTo(encoder.encode(odd));
    }
  }

  private static List<EncodedText> encodeFrom(int start, List<String> texts) {
    List<String> turned = new ArrayList<>(texts);
    Collections.rotate(turned, -start);
    List<EncodedText> answers = new ArrayList<>(turned.stream().map(encoder::encode).toList());
    Collections.rotate(answers, start);
    return answers;
  }

  private static List<String> textsOfManyLengths(int count, long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      for (int length = 1 + random.nextInt(i % 10 == 0 ? 90 : 15); length > 0; length--) {
        words.add(WORDS[random.nextInt(WORDS.length)]);
      }
      texts.add(i + " " + String.join(" ", words));
    }
    return texts;
  }

  private static double similarity(String left, String right) {
    return cosine(encoder.encode(left).vector(), encoder.encode(right).vector());
  }

  /** Of unit vectors. */
  private static double cosine(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }
}
