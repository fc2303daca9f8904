package dev.freshet.job.stamp;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Releases on disk, at {@code directory/lineage/release}, as one subtask sees them.
 *
 * <p>Files are read and verified on a thread of its own. The caller waits: what follows a fence
 * must not overtake the decision whether it applies. A verified release stays in memory, so what
 * happens to its files later does not touch those who use it; and its sessions stay open, which the
 * whole process shares, so whoever is to answer with it need not wait until they are open again.
 */
public final class ReleaseStore implements AutoCloseable {
  private static final int RELEASES_KEPT_MAX = 8;
  private static final long READ_SECONDS_MAX = 60;

  private final Path directory;
  private final ReleaseLoader releases;
  private final ReleaseReader reader = new ReleaseReader();
  private final Map<Name, LoadedRelease> loaded = new LinkedHashMap<>(16, 0.75f, true);
  private final ExecutorService loader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "freshet-release-loader");
            thread.setDaemon(true);
            return thread;
          });

  /** All that a fence says: a digest alone would let it name another release or lineage. */
  private record Name(String lineage, String release, String digest) {}

  /**
   * Reads releases.
   *
   * @param loader opens and tries each: a release that reads well may still not run
   */
  public ReleaseStore(Path directory, ReleaseLoader loader) {
    this.directory = directory;
    this.releases = loader;
  }

  /**
   * The release, if its files are those that the digest speaks of. The store is {@link #trim
   * trimmed}.
   *
   * @throws ReleaseDamagedException if not, or if they cannot be read in time
   */
  public Release verified(String lineage, String release, String digest)
      throws ReleaseDamagedException {
    Release verified = loaded(lineage, release, digest).release();
    trim();
    return verified;
  }

  /**
   * The same, ready to run, until the store is trimmed or closed.
   *
   * @throws ReleaseDamagedException as {@link #verified} does
   */
  public LoadedRelease loaded(String lineage, String release, String digest)
      throws ReleaseDamagedException {
    Name name = new Name(lineage, release, digest);
    LoadedRelease known = loaded.get(name);
    if (known == null) {
      known = read(lineage, release, digest);
      loaded.put(name, known);
    }
    return known;
  }

  /** Closes the releases used least recently, where there are too many. */
  public void trim() {
    Iterator<LoadedRelease> eldestFirst = loaded.values().iterator();
    while (loaded.size() > RELEASES_KEPT_MAX) {
      eldestFirst.next().close();
      eldestFirst.remove();
    }
  }

  private LoadedRelease read(String lineage, String release, String digest)
      throws ReleaseDamagedException {
    Path place = directory.resolve(lineage).resolve(release);
    CompletableFuture<LoadedRelease> opening =
        CompletableFuture.supplyAsync(() -> open(place, lineage, release, digest), loader);
    try {
      return opening.get(READ_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ReleaseDamagedException damaged) {
        throw damaged;
      }
      if (e.getCause() instanceof VirtualMachineError outOfMemory) {
        throw outOfMemory; // says nothing of the release
      }
      throw new ReleaseDamagedException("Cannot read " + place + ": " + e.getCause());
    } catch (TimeoutException e) {
      abandon(opening);
      throw new ReleaseDamagedException(
          "Reading " + place + " took more than " + READ_SECONDS_MAX + " s. Is the disk well?");
    } catch (InterruptedException e) {
      abandon(opening);
      Thread.currentThread().interrupt();
      // The job is being stopped: nothing may be decided, or said of what follows the fence.
      throw new IllegalStateException("Reading " + place + " was interrupted", e);
    }
  }

  /** Nobody waits for it any more, but it goes on: what it opens must be closed. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void abandon(CompletableFuture<LoadedRelease> opening) {
    opening.thenAccept(LoadedRelease::close);
  }

  private LoadedRelease open(Path place, String lineage, String release, String digest) {
    Release read = reader.read(place, digest);
    if (!read.manifest().lineage().equals(lineage)) {
      throw new ReleaseDamagedException(
          place
              + " holds a release of lineage '"
              + read.manifest().lineage()
              + "', expected '"
              + lineage
              + "'. Activate it for its own lineage.");
    }
    if (!read.manifest().release().equals(release)) {
      throw new ReleaseDamagedException(
          place
              + " holds release '"
              + read.manifest().release()
              + "', expected '"
              + release
              + "'. A release lives in the directory of its name.");
    }
    return releases.load(read);
  }

  @Override
  public void close() {
    loader.shutdownNow();
    loaded.values().forEach(LoadedRelease::close);
    loaded.clear();
  }
}
