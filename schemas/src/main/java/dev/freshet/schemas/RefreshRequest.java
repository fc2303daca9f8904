package dev.freshet.schemas;

/**
 * Asks the trainer for a better release: the value of {@link Topics#REFRESH_REQUESTS}, keyed by
 * lineage.
 *
 * @param champion the release to start from
 * @param reason for people to read
 */
public record RefreshRequest(String lineage, String champion, String reason) {
  public RefreshRequest {
    TaskKey.requireLineage(lineage);
    Require.id("champion", champion);
  }
}
