package dev.freshet.schemas;

/**
 * Bytes of the log's events. Avro's single-object encoding and JSON stand side by side on the same
 * topic; the first byte tells them apart.
 *
 * <pre>{@code
 * {"type":"ExampleAdded","lineage":"categories","task":"toys","example":"e1",
 *  "features":{"text":"Wooden train set"},"target":{"label":"trains"}}
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class TaskEventCodec extends RecordCodec<TaskEvent> {
  public TaskEventCodec() {
    super(new TaskEventForm());
  }

  @Override
  public TaskEvent decode(byte[] bytes) throws UndecodableException {
    return bytes.length > 0 && bytes[0] == '{' ? decodeJson(bytes) : decodeAvro(bytes);
  }
}
