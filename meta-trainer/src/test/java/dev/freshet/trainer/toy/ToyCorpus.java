package dev.freshet.trainer.toy;

import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.Skipped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Categories k0, k1 … whose texts end with what they are. */
public final class ToyCorpus {
  private ToyCorpus() {}

  public static Corpus of(int categories, int textsEach) {
    return of("toy", "k", categories, textsEach);
  }

  /** As the other, with categories of other names. */
  public static Corpus of(String name, String prefix, int categories, int textsEach) {
    return new Corpus(
        name,
        IntStream.range(0, categories).mapToObj(i -> category(prefix + i, textsEach)).toList(),
        Skipped.NOTHING);
  }

  public static Category category(String id, int texts) {
    List<String> all = IntStream.range(0, texts).mapToObj(i -> "text " + i + " of " + id).toList();
    return new Category(id, "name of " + id, Optional.empty(), all);
  }

  /** What a text of this corpus ends with. */
  public static String labelOf(String text) {
    return text.substring(text.lastIndexOf(' ') + 1);
  }
}
