package dev.freshet.trainer.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint on disk: SHA-256 of the rest, version, what it is of, state. Replaced as a whole, so
 * that whoever is killed meanwhile finds the one before.
 */
final class CheckpointFile {
  private static final int VERSION = 2;
  private static final int DIGEST_BYTES = 32;

  private final Path path;
  private final String identity;

  /**
   * @param identity of the training: learner, settings and data; another one's file is refused
   */
  CheckpointFile(Path path, String identity) {
    this.path = path.toAbsolutePath();
    this.identity = identity;
  }

  void write(Checkpoint checkpoint) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeInt(VERSION);
        out.writeUTF(identity);
        writeState(out, checkpoint);
      }
      replace(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write checkpoint " + path + ": " + e, e);
    }
  }

  /** Empty where there is no file. */
  Optional<Checkpoint> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      byte[] all = Files.readAllBytes(path);
      byte[] content = Arrays.copyOfRange(all, Math.min(DIGEST_BYTES, all.length), all.length);
      byte[] digest = Arrays.copyOf(all, DIGEST_BYTES);
      if (!MessageDigest.isEqual(digest, CorpusDigest.sha256().digest(content))) {
        throw new IllegalStateException(
            "Checkpoint %s is damaged: its digest does not fit its content. Delete it to train from the start."
                .formatted(path));
      }
      return Optional.of(readContent(content));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read checkpoint " + path + ": " + e, e);
    }
  }

  private Checkpoint readContent(byte[] content) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IllegalStateException(
            "Checkpoint %s has version %d, expected %d. Delete it to train from the start."
                .formatted(path, version, VERSION));
      }
      String found = in.readUTF();
      if (!found.equals(identity)) {
        throw new IllegalStateException(
            "Checkpoint %s is of another training (%s), expected %s: learner, settings or data differ. Give another file, or delete it to train from the start."
                .formatted(path, found, identity));
      }
      return readState(in);
    }
  }

  private void replace(byte[] content) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path staged = path.resolveSibling("." + path.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            staged,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(channel, CorpusDigest.sha256().digest(content));
      writeAll(channel, content);
      channel.force(true);
    }
    Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void writeState(DataOutputStream out, Checkpoint checkpoint) throws IOException {
    out.writeInt(checkpoint.step());
    out.writeInt(checkpoint.optimizer().updates());
    writeArrays(out, checkpoint.optimizer().coordinates());
    writeArrays(out, checkpoint.optimizer().means());
    writeArrays(out, checkpoint.optimizer().squares());
    writeArrays(out, checkpoint.best());
    out.writeInt(checkpoint.looks().size());
    for (Look look : checkpoint.looks()) {
      out.writeInt(look.step());
      out.writeDouble(look.loss());
      out.writeDouble(look.heldOut().accuracy());
      out.writeDouble(look.heldOut().logLoss());
    }
  }

  private static Checkpoint readState(DataInputStream in) throws IOException {
    int step = in.readInt();
    int updates = in.readInt();
    SortedMap<String, double[]> coordinates = readArrays(in);
    SortedMap<String, double[]> means = readArrays(in);
    SortedMap<String, double[]> squares = readArrays(in);
    SortedMap<String, double[]> best = readArrays(in);
    List<Look> looks = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      int at = in.readInt();
      double loss = in.readDouble();
      looks.add(new Look(at, loss, new HeldOutScore(in.readDouble(), in.readDouble())));
    }
    return new Checkpoint(
        step, new OptimizerState(updates, coordinates, means, squares), best, looks);
  }

  private static void writeArrays(DataOutputStream out, SortedMap<String, double[]> arrays)
      throws IOException {
    out.writeInt(arrays.size());
    for (var entry : arrays.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().length);
      for (double value : entry.getValue()) {
        out.writeDouble(value);
      }
    }
  }

  private static SortedMap<String, double[]> readArrays(DataInputStream in) throws IOException {
    SortedMap<String, double[]> arrays = new TreeMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      double[] values = new double[in.readInt()];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.readDouble();
      }
      arrays.put(name, values);
    }
    return arrays;
  }
}
