package dev.freshet.adaptation.release;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads release directories: everything into memory first, then digests, then contents. Files that
 * the manifest does not know are left alone.
 */
public final class ReleaseReader {
  /** Reads a release that agrees with itself, whichever it is. */
  public Release read(Path directory) throws ReleaseDamagedException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(Release.MANIFEST_FILE, FileSnapshot.read(directory, Release.MANIFEST_FILE));
    return verify(directory, files);
  }

  /**
   * Reads one certain release.
   *
   * @param expectedDigest SHA-256 of its release.json, as a fence or a catalogue names it
   */
  public Release read(Path directory, String expectedDigest) throws ReleaseDamagedException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    byte[] manifest = FileSnapshot.read(directory, Release.MANIFEST_FILE);
    String digest = Sha256.of(manifest);
    if (!digest.equals(expectedDigest)) {
      throw new ReleaseDamagedException(
          directory.resolve(Release.MANIFEST_FILE)
              + " has the digest "
              + digest
              + ", expected "
              + expectedDigest
              + ". It is damaged or another release: fetch the one that was named.");
    }
    files.put(Release.MANIFEST_FILE, manifest);
    return verify(directory, files);
  }

  /**
   * Verifies a release that is in memory, such as one that came in a jar.
   *
   * @param files the manifest and every file that it lists, by name
   */
  public Release read(Map<String, byte[]> files) throws ReleaseDamagedException {
    return ReleaseVerification.verify(files);
  }

  /** Only names that a manifest may list: nothing in it can lead out of the directory. */
  private static void addListed(Path directory, SortedMap<String, byte[]> files) {
    byte[] manifest = files.getOrDefault(Release.MANIFEST_FILE, new byte[0]);
    for (String name : ReleaseVerification.listedFiles(manifest)) {
      files.put(name, FileSnapshot.read(directory, name));
    }
  }

  private static Release verify(Path directory, SortedMap<String, byte[]> files) {
    try {
      addListed(directory, files);
      return ReleaseVerification.verify(files);
    } catch (ReleaseDamagedException e) {
      throw new ReleaseDamagedException("Release in " + directory + ": " + e.getMessage(), e);
    }
  }
}
