package dev.freshet.trainer.taskstream;

import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.Skipped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Categories c0, c1 … whose texts name them, so that a test can tell whose a text is. */
final class LetterCorpus {
  private LetterCorpus() {}

  static Corpus of(int categories, int textsEach) {
    return new Corpus(
        "letters",
        IntStream.range(0, categories).mapToObj(i -> category("c" + i, textsEach)).toList(),
        Skipped.NOTHING);
  }

  static String labelOf(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static Category category(String id, int texts) {
    List<String> all = IntStream.range(0, texts).mapToObj(i -> id + " text " + i).toList();
    return new Category(id, "name of " + id, Optional.of("what " + id + " is"), all);
  }
}
