package dev.freshet.standalone.refresh;

import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Role;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.standalone.stack.DirectoryTree;
import dev.freshet.trainer.refresh.RefreshedRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a release into force: written and verified under a temporary name, renamed, entered in the
 * catalogue, fenced. It may end after any step: the champion serves on until the fence, and {@link
 * #tidy} takes away what was left, which only a holder of the {@link RefreshPlace} may do.
 */
final class Publishing {
  /**
   * Ids that refreshes give: the epoch they are made for, and a digest of what they are made of.
   */
  private static final Pattern ID = Pattern.compile("refresh-\\d+-[0-9a-f]{12}");

  /** A release's temporary name, as the release writer gives it. */
  private static final Pattern TEMPORARY = Pattern.compile("\\.(refresh-.+)\\.[0-9a-f-]{36}");

  private static final Logger log = LoggerFactory.getLogger(Publishing.class);

  /** Where a publication can be by the time it ends. */
  enum Step {
    BEGUN,
    WRITTEN,
    REGISTERED,
    FENCED
  }

  private final String lineage;
  private final ReleaseShelf shelf;
  private final ReleaseDesk desk;
  private final Consumer<Step> reached;

  /**
   * Publishes for one lineage.
   *
   * @param reached told after each step
   */
  Publishing(String lineage, ReleaseShelf shelf, ReleaseDesk desk, Consumer<Step> reached) {
    this.lineage = lineage;
    this.shelf = shelf;
    this.desk = desk;
    this.reached = reached;
  }

  /**
   * Brings it into force.
   *
   * @param champion that it was judged against, and must still be in force
   */
  ReleaseActivated publish(RefreshedRelease release, ReleaseCatalogue.Entry champion) {
    reached.accept(Step.BEGUN);
    release.write(shelf.directory(lineage, release.id()));
    reached.accept(Step.WRITTEN);
    desk.register(lineage, release.id());
    reached.accept(Step.REGISTERED);
    ReleaseActivated fence = desk.succeed(lineage, release.id(), champion);
    reached.accept(Step.FENCED);
    return fence;
  }

  /**
   * Takes away what an earlier refresh left: half-written directories, whole ones that the
   * catalogue does not know, and challengers that never came into force.
   *
   * @param catalogue as it is, of the broker that the shelf's releases serve
   */
  void tidy(ReleaseCatalogue catalogue) {
    desk.retire(lineage, entry -> isOfRefresh(entry.release()) && entry.role() == Role.CHALLENGER);
    for (Path directory : directories()) {
      String name = directory.getFileName().toString();
      boolean known = catalogue.find(name).isPresent();
      if (TEMPORARY.matcher(name).matches() || (isOfRefresh(name) && !known)) {
        log.info("Deleting {}, which an earlier refresh left", directory);
        DirectoryTree.delete(directory);
      }
    }
  }

  private static boolean isOfRefresh(String release) {
    return ID.matcher(release).matches();
  }

  private List<Path> directories() {
    Path all = shelf.root().resolve(lineage);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(all)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the releases in " + all, e);
    }
  }
}
