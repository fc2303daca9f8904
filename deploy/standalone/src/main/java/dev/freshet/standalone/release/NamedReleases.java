package dev.freshet.standalone.release;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Releases by what people call them: a directory, else one on the shelf, else one that ships, by
 * its id or as {@code shipped}.
 *
 * @param shelf the directory of a {@link ReleaseShelf}; may be missing
 * @param lineage whose releases are looked for there
 * @param shipped which one {@code shipped} is
 */
public record NamedReleases(Path shelf, String lineage, ShippedRelease shipped) {
  private static final Set<String> WHAT_SHIPS = Set.of("shipped", "default");

  /**
   * Reads one.
   *
   * @throws ReleaseDamagedException if there is none of this name, or it is damaged
   */
  public Release read(String name) {
    Optional<Path> directory = directory(name);
    Optional<ShippedRelease> ships = directory.isEmpty() ? shipped(name) : Optional.empty();
    return ships
        .map(ShippedRelease::assemble)
        .orElseGet(() -> new ReleaseReader().read(directory.orElse(Path.of(name))));
  }

  private Optional<Path> directory(String name) {
    Path given = Path.of(name);
    Path shelved = new ReleaseShelf(shelf).directory(lineage, name);
    return Stream.of(given, shelved)
        .filter(Files::isDirectory)
        .findFirst()
        .or(() -> Optional.of(given).filter(Files::exists));
  }

  private Optional<ShippedRelease> shipped(String name) {
    return WHAT_SHIPS.contains(name)
        ? Optional.of(shipped)
        : Stream.of(ShippedRelease.values()).filter(each -> each.id().equals(name)).findFirst();
  }
}
