package dev.freshet.schemas;

import java.util.List;
import java.util.Optional;

/**
 * Which releases of a lineage exist and what each is for: the value of {@link Topics#RELEASES},
 * keyed by lineage. The catalogue says what may be activated; the fence is what makes it apply.
 *
 * @param epoch of the last activation; 0 before the first
 * @param releases oldest first
 */
public record ReleaseCatalogue(String lineage, long epoch, List<Entry> releases) {

  public ReleaseCatalogue {
    TaskKey.requireLineage(lineage);
    Require.that(epoch >= 0, "epoch is %d, expected at least 0", epoch);
    releases = List.copyOf(releases);
    long champions = releases.stream().filter(r -> r.role() == Role.CHAMPION).count();
    Require.that(champions <= 1, "lineage '%s' has %d champions", lineage, champions);
  }

  /** The release that serves, if one was ever activated. */
  public Optional<Entry> champion() {
    return releases.stream().filter(r -> r.role() == Role.CHAMPION).findFirst();
  }

  public Optional<Entry> find(String release) {
    return releases.stream().filter(r -> r.release().equals(release)).findFirst();
  }

  /** What a release is for. */
  public enum Role {
    /** Serves. */
    CHAMPION,
    /** Was trained to replace the champion and is being judged. */
    CHALLENGER,
    /** Answers live traffic unseen. */
    SHADOW,
    /** Serves a part of the tasks. */
    CANARY,
    /** Served, or was judged and found wanting. */
    RETIRED
  }

  /**
   * One release.
   *
   * @param parent the release that it was trained from
   * @param createdAtMillis since the Unix epoch
   * @param trafficShare of the tasks that a canary serves, 0 to 1; 0 for other roles
   */
  public record Entry(
      String release,
      String digest,
      String learner,
      Role role,
      Optional<String> parent,
      long createdAtMillis,
      double trafficShare) {
    public Entry {
      ReleaseActivated.requireRelease(release, digest);
      Require.that(
          trafficShare >= 0 && trafficShare <= 1,
          "trafficShare is %s, expected 0 to 1",
          trafficShare);
    }

    public Entry withRole(Role newRole) {
      return new Entry(release, digest, learner, newRole, parent, createdAtMillis, trafficShare);
    }
  }
}
