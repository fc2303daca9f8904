package dev.freshet.adaptation.exploration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a draw is made from: the query's place in the log and its names, so that a replay draws what
 * was drawn. Two queries differ at least in their offset, so no two share a draw.
 *
 * @param partition of the query's record; 0 or more
 * @param offset of the query's record; 0 or more
 * @param lineage of the release
 * @param task that was asked about
 * @param query its id
 */
public record DrawSeed(int partition, long offset, String lineage, String task, String query) {
  private static final double UNIT = 0x1.0p-53;

  public DrawSeed {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "Query '%s' of task '%s' is at partition %d, offset %d, expected both 0 or more. Take them from the query's record."
              .formatted(query, task, partition, offset));
    }
  }

  /**
   * A number in [0, 1): the first 53 bits of SHA-256 over partition, offset and the names, each
   * with its length before it.
   */
  public double uniform() {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(12).putInt(partition).putLong(offset).array());
    for (String name : new String[] {lineage, task, query}) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return (ByteBuffer.wrap(digest.digest()).getLong() >>> 11) * UNIT;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256, this one has not.", e);
    }
  }
}
