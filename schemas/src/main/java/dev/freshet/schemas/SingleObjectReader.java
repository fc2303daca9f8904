package dev.freshet.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads Avro's single-object encoding of one kind of record, written with any version of its
 * schema.
 *
 * <p>Avro's own message decoder reads from a stream and believes every length it meets: ten damaged
 * bytes then ask for two gigabytes. Reading from the array, it sees that so much cannot follow.
 */
final class SingleObjectReader {
  private static final int HEADER_BYTES = 10;

  private final String name;
  private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  SingleObjectReader(AvroForm<?> form) {
    name = form.name();
    for (Schema version : form.history()) {
      readers.put(
          SchemaNormalization.parsingFingerprint64(version),
          new GenericDatumReader<>(version, form.schema()));
    }
  }

  /** Two marker bytes and the fingerprint of the schema. */
  static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  GenericRecord read(byte[] bytes) throws UndecodableException {
    GenericDatumReader<GenericRecord> reader = readerOf(bytes);
    BinaryDecoder body =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
    try {
      GenericRecord record = reader.read(null, body);
      if (!body.isEnd()) {
        throw new IOException("bytes follow its end");
      }
      return record;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw new UndecodableException(
          RejectionReason.UNDECODABLE, "cut short or damaged " + name + ": " + e, e);
    }
  }

  private GenericDatumReader<GenericRecord> readerOf(byte[] bytes) throws UndecodableException {
    if (bytes.length < HEADER_BYTES || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
      throw new UndecodableException(
          RejectionReason.UNDECODABLE,
          "neither Avro's single-object encoding nor JSON: expected the bytes C3 01 and a schema's"
              + " fingerprint, or '{' first");
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    GenericDatumReader<GenericRecord> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new UndecodableException(
          RejectionReason.UNKNOWN_SCHEMA,
          String.format(
              "written with a schema that is no version of %s: fingerprint %016x",
              name, fingerprint));
    }
    return reader;
  }
}
