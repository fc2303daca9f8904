package dev.freshet.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** How a kind of record looks as Avro: its schema, all earlier ones, and the way there and back. */
abstract class AvroForm<T> {
  private final String name;
  private final List<Schema> history;
  private final Schema schema;

  /**
   * @param versions how many versions of the schema were ever released
   */
  AvroForm(String name, int versions) {
    this.name = name;
    this.schema = read(name + ".avsc");
    this.history =
        IntStream.rangeClosed(1, versions)
            .mapToObj(version -> read("history/" + name + "/" + version + ".avsc"))
            .toList();
  }

  abstract GenericRecord toAvro(T value);

  /** Writes the body; a form whose records are many may do so without the detour of a record. */
  void write(T value, Encoder out) throws IOException {
    new GenericDatumWriter<GenericRecord>(schema).write(toAvro(value), out);
  }

  /**
   * @throws IllegalArgumentException if the content is impossible
   */
  abstract T fromAvro(GenericRecord record);

  final String name() {
    return name;
  }

  final Schema schema() {
    return schema;
  }

  /** Oldest first; the last equals {@link #schema()}. */
  final List<Schema> history() {
    return history;
  }

  private static Schema read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(AvroForm.class.getResourceAsStream(resource), resource)) {
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
