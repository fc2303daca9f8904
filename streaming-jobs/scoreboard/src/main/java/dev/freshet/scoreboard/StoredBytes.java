package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.UndecodableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The forms of what the scoreboard keeps on its own topics (changelogs, tallies). What is held
 * inside them is encoded as everywhere on the wire; around it stand a version and a few fields.
 */
final class StoredBytes {
  private static final int VERSION = 1;
  private static final RecordCodec<Prediction> PREDICTIONS = RecordCodec.predictions();
  private static final RecordCodec<ScoreRecord> SCORES = RecordCodec.scores();
  private static final TaskEventCodec EVENTS = new TaskEventCodec();

  private StoredBytes() {}

  static Serde<ScoreRecord> scores() {
    return serde(SCORES::encode, SCORES::decode);
  }

  static Serde<HeldPrediction> heldPredictions() {
    return versioned(
        (held, out) -> {
          out.writeLong(held.timestampMillis());
          out.writeBoolean(held.open().isPresent());
          if (held.open().isPresent()) {
            out.write(PREDICTIONS.encode(held.open().get()));
          }
        },
        in -> {
          long timestampMillis = in.readLong();
          return in.readBoolean()
              ? HeldPrediction.open(timestampMillis, PREDICTIONS.decode(in.readAllBytes()))
              : HeldPrediction.settled(timestampMillis);
        });
  }

  static Serde<HeldOutcome> heldOutcomes() {
    return versioned(
        (held, out) -> {
          out.writeLong(held.timestampMillis());
          out.writeBoolean(held.met());
          out.write(EVENTS.encode(held.outcome()));
        },
        in ->
            new HeldOutcome(
                in.readLong(),
                in.readBoolean(),
                (OutcomeObserved) EVENTS.decode(in.readAllBytes())));
  }

  static Serde<Tally> tallies() {
    return versioned(StoredBytes::writeTally, StoredBytes::readTally);
  }

  private static void writeTally(Tally tally, DataOutputStream out) throws IOException {
    out.writeInt(tally.counts().size());
    for (Map.Entry<Counter, Long> count : new EnumMap<>(tally.counts()).entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
    out.writeInt(tally.scores().size());
    for (ScoreRecord score : tally.scores()) {
      byte[] bytes = SCORES.encode(score);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static Tally readTally(DataInputStream in) throws IOException, UndecodableException {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(Counter.valueOf(in.readUTF()), in.readLong());
    }
    List<ScoreRecord> scores = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      scores.add(SCORES.decode(in.readNBytes(in.readInt())));
    }
    return new Tally(counts, scores);
  }

  private interface Writer<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException, UndecodableException;
  }

  private interface Encoder<T> {
    byte[] encode(T value) throws IOException;
  }

  private interface Decoder<T> {
    T decode(byte[] bytes) throws IOException, UndecodableException;
  }

  private static <T> Serde<T> versioned(Writer<T> writer, Reader<T> reader) {
    return serde(
        value -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
          DataOutputStream out = new DataOutputStream(bytes);
          out.writeByte(VERSION);
          writer.write(value, out);
          return bytes.toByteArray();
        },
        bytes -> {
          DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
          int version = in.readUnsignedByte();
          if (version != VERSION) {
            throw new IOException("version is " + version + ", expected " + VERSION);
          }
          return reader.read(in);
        });
  }

  private static <T> Serde<T> serde(Encoder<T> encoder, Decoder<T> decoder) {
    return Serdes.serdeFrom(
        (topic, value) -> encode(encoder, topic, value),
        (topic, bytes) -> decode(decoder, topic, bytes));
  }

  private static <T> byte @Nullable [] encode(Encoder<T> encoder, String topic, @Nullable T value) {
    try {
      return value == null ? null : encoder.encode(value);
    } catch (IOException e) {
      throw new SerializationException("Cannot write a record of " + topic + ": " + value, e);
    }
  }

  private static <T> @Nullable T decode(Decoder<T> decoder, String topic, byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : decoder.decode(bytes);
    } catch (IOException | UndecodableException | IllegalArgumentException e) {
      throw new SerializationException(
          "Cannot read a record of the scoreboard's own topic "
              + topic
              + ": "
              + e.getMessage()
              + ". Was it written by another version? Give the scoreboard a new application.id to"
              + " recount from the input topics.",
          e);
    }
  }
}
