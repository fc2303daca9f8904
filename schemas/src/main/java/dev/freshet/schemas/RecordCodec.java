package dev.freshet.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

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
  private final SingleObjectReader avro;
  private final AvroJson json = new AvroJson();

  RecordCodec(AvroForm<T> form) {
    this.form = form;
    this.header = SingleObjectReader.header(form.schema());
    this.avro = new SingleObjectReader(form);
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
      BUFFERS.remove();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      // The encoder still holds half a record, which must not begin the next one.
      BUFFERS.remove();
      throw e;
    }
    return buffer.bytes.toByteArray();
  }

  /** Where a thread puts its bytes together. */
  private static final class Buffer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
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
    return checked(avro.read(bytes));
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
