package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.record;

import org.apache.avro.generic.GenericRecord;

/** Refresh requests as Avro. */
final class RefreshRequestForm extends AvroForm<RefreshRequest> {
  RefreshRequestForm() {
    super("RefreshRequest", 1);
  }

  @Override
  GenericRecord toAvro(RefreshRequest value) {
    return record(schema(), value.lineage(), value.champion(), value.reason());
  }

  @Override
  RefreshRequest fromAvro(GenericRecord record) {
    return new RefreshRequest(
        AvroRecords.text(record, "lineage"),
        AvroRecords.text(record, "champion"),
        AvroRecords.text(record, "reason"));
  }
}
