package dev.freshet.standalone.release;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.nio.file.Path;

/** The directory that holds releases, each in {@code lineage/release}. */
public record ReleaseShelf(Path root) {

  public Path directory(String lineage, String release) {
    return root.resolve(lineage).resolve(release);
  }

  /**
   * A release whose every file agrees with its digest.
   *
   * @throws CommandFailure with {@link Exit#INCOMPLETE} if one does not
   */
  public Release verified(String lineage, String release) {
    return checked(lineage, release, () -> new ReleaseReader().read(directory(lineage, release)));
  }

  /** The same, and the release's digest is the expected one. */
  public Release verified(String lineage, String release, String digest) {
    return checked(
        lineage, release, () -> new ReleaseReader().read(directory(lineage, release), digest));
  }

  private Release checked(String lineage, String release, Reading reading) {
    try {
      Release read = reading.read();
      String found = read.manifest().lineage() + "/" + read.manifest().release();
      if (!found.equals(lineage + "/" + release)) {
        throw new ReleaseDamagedException(
            String.format(
                "directory %s holds release %s, expected %s/%s",
                directory(lineage, release), found, lineage, release));
      }
      return read;
    } catch (ReleaseDamagedException e) {
      throw new CommandFailure(
          Exit.INCOMPLETE,
          String.format("Release %s/%s is refused: %s", lineage, release, e.getMessage()),
          e);
    }
  }

  /** Reads a release's files. */
  private interface Reading {
    Release read();
  }
}
