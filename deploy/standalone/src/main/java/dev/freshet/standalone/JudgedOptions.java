package dev.freshet.standalone;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.release.NamedReleases;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.evaluation.Entrant;
import dev.freshet.trainer.evaluation.Lineup;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which release is judged, and who beside it. */
final class JudgedOptions {
  /** Where the vectors of base classes are kept if nothing else is said: there are thousands. */
  private static final Path BASE_VECTORS = Path.of(UpCommand.DATA_DIRECTORY, "embeddings");

  private final SharedOptions shared;

  @Option(
      names = "--release",
      paramLabel = "R",
      description =
          "Directory of a release, the name of one under "
              + UpCommand.DATA_DIRECTORY
              + "/releases, or `shipped`. Default: the one that ships.")
  private Optional<String> release = Optional.empty();

  @Option(
      names = "--learners",
      paramLabel = "NAME,…",
      split = ",",
      description = {
        "default: the release. member-NAME: of a release that is an ensemble. prototype-learner,"
            + " lda, logistic, plain-logistic, anil, maml, fomaml, reptile, meta-sgd: untrained, with"
            + " default settings. all: all of them. The release and the yardsticks are in every table. A metric is"
            + " fitted to WordNet's training side, whose vectors are kept in "
            + UpCommand.DATA_DIRECTORY
            + "/embeddings, or where --embeddings says. Default: default."
      })
  private List<String> learners = List.of(Entrant.DEFAULT);

  JudgedOptions(SharedOptions shared) {
    this.shared = shared;
  }

  /** The release that was trained on ratings; all its heads and yardsticks are always shown. */
  Release ofRatings() {
    if (release.isEmpty()) {
      throw Input.misuse("--ratings needs --release DIR, one made by `train --ratings`.");
    }
    if (!Set.of(Entrant.DEFAULT, Lineup.ALL).containsAll(learners)) {
      throw Input.misuse(
          "--learners is %s, expected %s or %s: with --ratings every head of the release and every yardstick is in the table."
              .formatted(learners, Entrant.DEFAULT, Lineup.ALL));
    }
    try {
      return judged(ShippedRelease.READERS);
    } catch (ReleaseDamagedException e) {
      throw new CommandFailure(Exit.INCOMPLETE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the release and looks the learners up, before any text is encoded. */
  Lineup lineup() {
    try {
      return Lineup.of(
          judged(ShippedRelease.ofLineage(shared.lineage()).orElse(ShippedRelease.CATEGORIES)),
          learners);
    } catch (ReleaseDamagedException e) {
      throw new CommandFailure(Exit.INCOMPLETE, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw Input.misuse("--learners: " + e.getMessage());
    }
  }

  List<Entrant> entrants(
      Lineup lineup, TextEncoder encoder, Optional<Path> embeddings, Progress progress) {
    if (!lineup.needsBaseClasses()) {
      return lineup.entrants(List.of());
    }
    Corpus base = WordNetCorpus.loadSplit().train();
    try (EmbeddingStore store = EmbeddingStore.open(embeddings.orElse(BASE_VECTORS), encoder)) {
      store.embed(base.categories().stream().flatMap(c -> c.texts().stream()).toList(), progress);
      return lineup.entrants(
          base.categories().stream()
              .map(c -> c.texts().stream().map(text -> store.vector(text).values()).toList())
              .toList());
    }
  }

  private Release judged(ShippedRelease shipped) {
    Path shelf = Path.of(UpCommand.DATA_DIRECTORY, "releases");
    return release
        .map(name -> new NamedReleases(shelf, shared.lineage(), shipped).read(name))
        .orElseGet(shipped::assemble);
  }
}
