package dev.freshet.job.log;

import dev.freshet.schemas.ReleaseActivated;

/** The release in force at a position of the log. */
public record ReleaseStamp(String release, String digest, long epoch) {
  public static ReleaseStamp of(ReleaseActivated fence) {
    return new ReleaseStamp(fence.release(), fence.digest(), fence.epoch());
  }
}
