package dev.freshet.trainer.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of vectors. One line of header names the format, the encoder and the
 * dimension; then records of one size: the text's digest (16 bytes), the numbers (little-endian
 * float32) and a check (the first 8 bytes of the SHA-256 of what precedes it in the record).
 *
 * <p>One process writes at a time: it holds the file's lock.
 */
final class EmbeddingFile implements AutoCloseable {
  private static final String FORMAT = "freshet-embeddings 1";
  private static final int CHECK_BYTES = Long.BYTES;
  private static final int RECORDS_AT_ONCE = 1024;

  private final Path path;
  private final byte[] header;
  private final int dimension;
  private final FileChannel channel;
  private final FileLock lock;
  private final List<String> damage = new ArrayList<>();

  private EmbeddingFile(
      Path path, byte[] header, int dimension, FileChannel channel, FileLock lock) {
    this.path = path;
    this.header = header;
    this.dimension = dimension;
    this.channel = channel;
    this.lock = lock;
  }

  /** Opens or creates it; empty where another process, or another store of this one, writes it. */
  static Optional<EmbeddingFile> open(Path path, String encoder, int dimension) {
    byte[] header =
        (FORMAT + " " + encoder + " " + dimension + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new EmbeddingFile(path, header, dimension, channel, lock));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the embeddings in " + path + ".", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Reads all sound records; afterwards the file ends where the next one goes. */
  void load(BiConsumer<TextDigest, float[]> record) {
    try {
      if (!startsWithHeader()) {
        startAnew();
        return;
      }
      readRecords(record);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embeddings in " + path + ".", e);
    }
  }

  /** What {@link #load} found broken, in sentences. */
  List<String> damage() {
    return List.copyOf(damage);
  }

  void append(Map<TextDigest, float[]> vectors) {
    ByteBuffer bytes = ByteBuffer.allocate(vectors.size() * recordBytes());
    vectors.forEach((digest, vector) -> write(bytes, digest, vector));
    bytes.flip();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the embeddings to " + path + ".", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the embeddings in " + path + ".", e);
    }
  }

  private int recordBytes() {
    return TextDigest.BYTES + Float.BYTES * dimension + CHECK_BYTES;
  }

  private boolean startsWithHeader() throws IOException {
    ByteBuffer found = ByteBuffer.allocate(header.length);
    readFully(found, 0);
    if (found.position() == header.length && Arrays.equals(found.array(), header)) {
      return true;
    }
    if (channel.size() > 0) {
      damage.add(
          "The embeddings in "
              + path
              + " do not begin with '"
              + new String(header, StandardCharsets.UTF_8).strip()
              + "': all are computed again.");
    }
    return false;
  }

  private void startAnew() throws IOException {
    channel.truncate(0);
    channel.position(0);
    channel.write(ByteBuffer.wrap(header));
  }

  private void readRecords(BiConsumer<TextDigest, float[]> record) throws IOException {
    long whole = (channel.size() - header.length) / recordBytes();
    long end = header.length + whole * recordBytes();
    if (channel.size() > end) {
      damage.add("The last of the embeddings in " + path + " is cut short: it is dropped.");
      channel.truncate(end);
    }
    long broken = 0;
    ByteBuffer bytes = ByteBuffer.allocate(RECORDS_AT_ONCE * recordBytes());
    for (long at = header.length; at < end; at += bytes.limit()) {
      bytes.clear().limit((int) Math.min(bytes.capacity(), end - at));
      readFully(bytes, at);
      bytes.flip();
      while (bytes.hasRemaining()) {
        broken += read(bytes, record) ? 0 : 1;
      }
    }
    if (broken > 0) {
      damage.add(
          broken + " of the embeddings in " + path + " are damaged: these are computed again.");
    }
    channel.position(end);
  }

  private void readFully(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        return;
      }
      at += read;
    }
  }

  private boolean read(ByteBuffer bytes, BiConsumer<TextDigest, float[]> record) {
    int start = bytes.position();
    TextDigest digest = TextDigest.read(bytes);
    float[] vector = new float[dimension];
    ByteBuffer numbers = bytes.slice(bytes.position(), Float.BYTES * dimension);
    numbers.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    bytes.position(bytes.position() + Float.BYTES * dimension);
    boolean sound = bytes.getLong() == check(bytes, start);
    if (sound) {
      record.accept(digest, vector);
    }
    return sound;
  }

  private void write(ByteBuffer bytes, TextDigest digest, float[] vector) {
    int start = bytes.position();
    digest.write(bytes);
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
    bytes.position(bytes.position() + Float.BYTES * dimension);
    bytes.putLong(check(bytes, start));
  }

  private long check(ByteBuffer bytes, int start) {
    byte[] checked = new byte[recordBytes() - CHECK_BYTES];
    bytes.get(start, checked);
    return ByteBuffer.wrap(TextDigest.sha256(checked)).getLong();
  }
}
