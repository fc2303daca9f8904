package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.onnx.OnnxWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Tells trainings apart: the first 128 bits of SHA-256 over all that decides what comes out. */
final class TrainingIdentity {
  private static final int HEX_DIGITS = 32;

  private TrainingIdentity() {}

  static String of(
      Learner start, TrainingSettings settings, TaskSource training, TaskSource judging) {
    MessageDigest sha = CorpusDigest.sha256();
    String words =
        String.join(
            "\n",
            start.name(),
            start.settings().toString(),
            settings.toString(),
            training.identity(),
            judging.identity());
    sha.update(words.getBytes(StandardCharsets.UTF_8));
    sha.update(new OnnxWriter().writeInitialization(start.initialization()));
    return HexFormat.of().formatHex(sha.digest()).substring(0, HEX_DIGITS);
  }
}
