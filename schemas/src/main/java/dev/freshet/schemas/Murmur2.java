package dev.freshet.schemas;

/**
 * Austin Appleby's MurmurHash2, 32 bit, seeded as Kafka's default partitioner seeds it.
 *
 * <p>Written here so that the partition rule of the log does not drag a Kafka client into every
 * module; a test of the scoreboard holds it against Kafka's own.
 */
final class Murmur2 {
  private static final int SEED = 0x9747b28c;
  private static final int M = 0x5bd1e995;
  private static final int R = 24;

  private Murmur2() {}

  @SuppressWarnings("fallthrough") // the tail of up to three bytes is mixed in highest first
  static int hash(byte[] data) {
    int h = SEED ^ data.length;
    int words = data.length / 4;
    for (int i = 0; i < words; i++) {
      h = (h * M) ^ scramble(littleEndian(data, 4 * i));
    }
    int tail = 4 * words;
    switch (data.length % 4) {
      case 3:
        h ^= (data[tail + 2] & 0xff) << 16;
      case 2:
        h ^= (data[tail + 1] & 0xff) << 8;
      case 1:
        h ^= data[tail] & 0xff;
        h *= M;
        break;
      default:
        break;
    }
    h ^= h >>> 13;
    h *= M;
    return h ^ (h >>> 15);
  }

  private static int scramble(int word) {
    int k = word * M;
    k ^= k >>> R;
    return k * M;
  }

  private static int littleEndian(byte[] data, int at) {
    return (data[at] & 0xff)
        | (data[at + 1] & 0xff) << 8
        | (data[at + 2] & 0xff) << 16
        | (data[at + 3] & 0xff) << 24;
  }
}
