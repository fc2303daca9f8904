package dev.freshet.standalone.load;

import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import java.util.List;

/** How many short titles one thread encodes in a second, without a cache. */
final class EncoderRate {
  private static final int TITLE_CHARACTERS_MAX = 60;
  private static final int WARM_UP = 300;
  private static final int MEASURED = 1_500;

  private EncoderRate() {}

  static double titlesPerSecond(Corpus corpus) {
    List<String> titles =
        corpus.categories().stream()
            .map(Category::texts)
            .flatMap(List::stream)
            .map(EncoderRate::title)
            .limit(WARM_UP + MEASURED)
            .toList();
    try (TextEncoder encoder = MiniLmEncoder.create()) {
      titles.subList(0, WARM_UP).forEach(encoder::encode);
      long start = System.nanoTime();
      titles.subList(WARM_UP, titles.size()).forEach(encoder::encode);
      return (titles.size() - WARM_UP) * 1e9 / (System.nanoTime() - start);
    }
  }

  /** As long as the title of a product: whole words, about ten of them. */
  private static String title(String text) {
    if (text.length() <= TITLE_CHARACTERS_MAX) {
      return text;
    }
    int end = text.lastIndexOf(' ', TITLE_CHARACTERS_MAX);
    return text.substring(0, end > 0 ? end : TITLE_CHARACTERS_MAX);
  }
}
