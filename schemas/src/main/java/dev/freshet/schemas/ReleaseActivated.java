package dev.freshet.schemas;

import java.util.regex.Pattern;

/**
 * The fence by which a release takes effect. Written into every partition of the log in one Kafka
 * transaction, so that the release in force has a position in each task's history.
 *
 * @param release id of the release, a directory name
 * @param digest SHA-256 of its manifest, 64 lower-case hex digits
 * @param epoch counts the activations of the lineage, from 1; a fence that does not exceed the
 *     epoch in force is a repetition and changes nothing
 */
public record ReleaseActivated(String lineage, String release, String digest, long epoch)
    implements TaskEvent.Fence {
  private static final Pattern RELEASE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public ReleaseActivated {
    TaskKey.requireLineage(lineage);
    requireRelease(release, digest);
    Require.that(epoch > 0, "epoch is %d, expected at least 1", epoch);
  }

  static void requireRelease(String release, String digest) {
    Require.that(
        RELEASE.matcher(release).matches(),
        "release '%s' is not a name: expected %s",
        release,
        RELEASE.pattern());
    Require.that(
        DIGEST.matcher(digest).matches(),
        "digest '%s' is not a SHA-256: expected 64 lower-case hex digits",
        digest);
  }
}
