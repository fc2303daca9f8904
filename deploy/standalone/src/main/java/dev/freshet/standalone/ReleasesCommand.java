package dev.freshet.standalone;

import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Entry;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.log.JsonText;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet releases}: the catalogue, and what is in force. */
final class ReleasesCommand {
  private ReleasesCommand() {}

  static CommandLine line(Console console, SharedOptions shared) {
    return new CommandLine(new Door())
        .addSubcommand(new ListAll(console, shared))
        .addSubcommand(new Show(console, shared))
        .addSubcommand(new Verify(console, shared))
        .addSubcommand(new Activate(console, shared));
  }

  /** {@code freshet releases} itself. */
  @Command(
      name = "releases",
      mixinStandardHelpOptions = true,
      header = "List, show, verify and activate releases.",
      synopsisSubcommandLabel = "ACTION",
      footerHeading = "%nExamples:%n",
      footer = {
        "  freshet releases list",
        "  freshet releases show wordnet-6",
        "  freshet releases verify wordnet-6 --releases-dir ./.freshet/releases",
        "  freshet releases activate wordnet-6",
        "",
        "A release lies in RELEASES-DIR/LINEAGE/ID. To activate one is to write a fence into every",
        "partition of the log, in one transaction: it takes effect there, for every task at once.",
        "",
        "With --json: of list the catalogues (lineage, epoch, releases), of show the manifest, of",
        "verify lineage, release, digest, intact, of activate lineage, release, digest, epoch.",
        "Exit status: 0 it worked, 2 wrong options, 3 no broker, 4 the release is damaged."
      })
  static final class Door {}

  /** Where the files are. */
  static final class ShelfOption {
    @Option(
        names = "--releases-dir",
        paramLabel = "DIR",
        defaultValue = UpCommand.DATA_DIRECTORY + "/releases",
        description = "Where releases lie. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(UpCommand.DATA_DIRECTORY, "releases");

    ReleaseShelf shelf() {
      return new ReleaseShelf(directory);
    }

    ReleaseDesk desk(SharedOptions shared) {
      return new ReleaseDesk(shared.reachable(), shelf(), Clock.systemUTC());
    }
  }

  /** {@code freshet releases list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "What the catalogue knows.")
  static final class ListAll implements Runnable {
    private final Console console;
    private final SharedOptions shared;

    @Mixin private final ShelfOption shelf = new ShelfOption();

    ListAll(Console console, SharedOptions shared) {
      this.console = console;
      this.shared = shared;
    }

    @Override
    public void run() {
      Map<String, ReleaseCatalogue> catalogues = shelf.desk(shared).catalogues();
      if (shared.json()) {
        console.document(
            catalogues.values().stream()
                .map(c -> JsonText.parse(RecordCodec.releaseCatalogues().toJson(c)))
                .toList());
      } else if (catalogues.isEmpty()) {
        console.result("no releases yet");
      } else {
        catalogues.values().forEach(this::print);
      }
    }

    private void print(ReleaseCatalogue catalogue) {
      console.result(catalogue.lineage() + " (epoch " + catalogue.epoch() + ")");
      for (Entry entry : catalogue.releases()) {
        console.result(
            String.format(
                "  %-24s %-10s %-12s %s  %s",
                entry.release(),
                entry.role().name().toLowerCase(Locale.ROOT),
                entry.learner(),
                entry.digest().substring(0, 12),
                Instant.ofEpochMilli(entry.createdAtMillis())));
      }
    }
  }

  /** What {@code show}, {@code verify} and {@code activate} share: a release of the shelf. */
  abstract static class OfOneRelease implements Runnable {
    final Console console;
    final SharedOptions shared;

    @Mixin final ShelfOption shelf = new ShelfOption();

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the release.")
    String id = "";

    OfOneRelease(Console console, SharedOptions shared) {
      this.console = console;
      this.shared = shared;
    }

    final Release verified() {
      return shelf.shelf().verified(shared.lineage(), id);
    }

    /** What a document says of it first. */
    static Map<String, Object> document(String lineage, String release, String digest) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("lineage", lineage);
      document.put("release", release);
      document.put("digest", digest);
      return document;
    }
  }

  /** {@code freshet releases show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "What a release says about itself, after its files were verified.")
  static final class Show extends OfOneRelease {

    Show(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    public void run() {
      Release release = verified();
      if (shared.json()) {
        console.document(document(release));
      } else {
        document(release).forEach((key, value) -> console.result(key + ": " + value));
        console.result("");
        console.result(release.modelCard());
      }
    }

    private static Map<String, Object> document(Release release) {
      ReleaseManifest manifest = release.manifest();
      Map<String, Object> document =
          document(manifest.lineage(), manifest.release(), release.digest());
      document.put("learner", manifest.learner());
      document.put("settings", new TreeMap<>(manifest.settings()));
      document.put("features", manifest.features());
      document.put("encoder", manifest.encoder());
      document.put(
          "heads",
          manifest.heads().stream()
              .collect(Collectors.toMap(Head::name, head -> head.kind().name())));
      document.put("defaultHeads", manifest.defaultHeads());
      document.put("trainingData", manifest.trainingData());
      document.put("scores", new TreeMap<>(manifest.scores()));
      document.put("parent", manifest.parent().orElse(""));
      document.put("files", new TreeMap<>(manifest.files()));
      return document;
    }
  }

  /** {@code freshet releases verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Check every file of a release against its digest. Exit status 4: damaged.")
  static final class Verify extends OfOneRelease {

    Verify(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    public void run() {
      Release release = verified();
      if (shared.json()) {
        ReleaseManifest manifest = release.manifest();
        Map<String, Object> document =
            document(manifest.lineage(), manifest.release(), release.digest());
        document.put("intact", true);
        console.document(document);
      } else {
        console.result(release + " is intact: every file agrees with its digest");
      }
    }
  }

  /** {@code freshet releases activate}. */
  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = "Put a release in force, after its files were verified.")
  static final class Activate extends OfOneRelease {

    Activate(Console console, SharedOptions shared) {
      super(console, shared);
    }

    @Override
    public void run() {
      ReleaseActivated fence = shelf.desk(shared).activate(shared.lineage(), id);
      if (shared.json()) {
        Map<String, Object> document = document(fence.lineage(), fence.release(), fence.digest());
        document.put("epoch", fence.epoch());
        console.document(document);
      } else {
        console.result(
            String.format(
                "%s: release %s is in force from here on, epoch %d",
                fence.lineage(), fence.release(), fence.epoch()));
      }
    }
  }
}
