package dev.freshet.trainer.training;

import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over names, categories and texts, each with its length. */
final class CorpusDigest {
  private final MessageDigest sha = sha256();

  private CorpusDigest() {}

  static String of(Corpus corpus) {
    CorpusDigest digest = new CorpusDigest();
    digest.add(corpus.name());
    for (Category category : corpus.categories()) {
      digest.add(category.id());
      digest.add(TrainingTasks.nameText(category));
      digest.add(Integer.toString(category.texts().size()));
      category.texts().forEach(digest::add);
    }
    return HexFormat.of().formatHex(digest.sha.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256, but not this one.", e);
    }
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    sha.update(bytes);
  }
}
