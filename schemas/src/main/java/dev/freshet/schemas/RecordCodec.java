package dev.freshet.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BadHeaderException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;

/**
 * Bytes of one kind of record: Avro's single-object encoding (two marker bytes, the schema's 64-bit
 * fingerprint, the body), read with any schema version ever released.
 *
 * <p>Thread-safe. The same value always gives the same bytes.
 */
public class RecordCodec<T> {
  private static final ThreadLocal<Buffer> BUFFERS = ThreadLocal.withInitial(Buffer::new);

  private final AvroForm<T> form;
  private final byte[] header;
  private final BinaryMessageDecoder<GenericRecord> decoder;
  private final AvroJson json = new AvroJson();

  RecordCodec(AvroForm<T> form) {
    this.form = form;
    GenericData data = GenericData.get();
    this.header = header(form.schema());
    SchemaStore.Cache history = new SchemaStore.Cache();
    form.history().forEach(history::addSchema);
    this.decoder = new BinaryMessageDecoder<>(data, form.schema(), history);
  }

  public static RecordCodec<Prediction> predictions() {
    return new RecordCodec<>(new PredictionForm());
  }

  public static RecordCodec<ReleaseCatalogue> releaseCatalogues() {
    return new RecordCodec<>(new ReleaseCatalogueForm());
  }

  public static RecordCodec<ScoreRecord> scores() {
    return new RecordCodec<>(new ScoreRecordForm());
  }

  public static RecordCodec<RefreshRequest> refreshRequests() {
    return new RecordCodec<>(new RefreshRequestForm());
  }

  public final byte[] encode(T value) {
    Buffer buffer = BUFFERS.get();
    buffer.bytes.reset();
    try {
      buffer.bytes.write(header);
      form.write(value, buffer.encoder);
      buffer.encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.bytes.toByteArray();
  }

  /** Where a thread puts its bytes together. */
  private static final class Buffer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
  }

  private static byte[] header(Schema schema) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  /**
   * Reads a record.
   *
   * @throws UndecodableException if the bytes are not this kind of record
   */
  public T decode(byte[] bytes) throws UndecodableException {
    return decodeAvro(bytes);
  }

  /** The record as one line of JSON, for people and scripts. */
  public final String toJson(T value) {
    return json.write(form.toAvro(value));
  }

  final T decodeAvro(byte[] bytes) throws UndecodableException {
    try {
      return checked(decoder.decode(bytes, null));
    } catch (MissingSchemaException e) {
      throw new UndecodableException(
          RejectionReason.UNKNOWN_SCHEMA,
          "written with a schema that is no version of " + form.name() + ": " + e.getMessage(),
          e);
    } catch (BadHeaderException e) {
      throw new UndecodableException(
          RejectionReason.UNDECODABLE,
          "neither Avro's single-object encoding nor JSON: expected the bytes C3 01 or '{' first",
          e);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new UndecodableException(
          RejectionReason.UNDECODABLE, "cut short or damaged " + form.name() + ": " + e, e);
    }
  }

  final T decodeJson(byte[] bytes) throws UndecodableException {
    return checked(json.read(bytes, form.schema()));
  }

  private T checked(GenericRecord record) throws UndecodableException {
    try {
      return form.fromAvro(record);
    } catch (IllegalArgumentException e) {
      throw new UndecodableException(
          RejectionReason.INVALID_EVENT, String.valueOf(e.getMessage()), e);
    }
  }
}
