package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.field;
import static dev.freshet.schemas.AvroRecords.record;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The release catalogue as Avro. */
final class ReleaseCatalogueForm extends AvroForm<ReleaseCatalogue> {
  private final Schema entry = field(schema(), "releases").getElementType();
  private final Schema role = field(entry, "role");

  ReleaseCatalogueForm() {
    super("ReleaseCatalogue", 1);
  }

  @Override
  GenericRecord toAvro(ReleaseCatalogue value) {
    return record(
        schema(),
        value.lineage(),
        value.epoch(),
        value.releases().stream().map(this::entry).toList());
  }

  private GenericRecord entry(ReleaseCatalogue.Entry value) {
    return record(
        entry,
        value.release(),
        value.digest(),
        value.learner(),
        new GenericData.EnumSymbol(role, value.role().name()),
        value.parent().orElse(null),
        value.createdAtMillis(),
        value.trafficShare());
  }

  @Override
  ReleaseCatalogue fromAvro(GenericRecord record) {
    return new ReleaseCatalogue(
        AvroRecords.text(record, "lineage"),
        AvroRecords.longOf(record, "epoch"),
        AvroRecords.records(record, "releases", ReleaseCatalogueForm::readEntry));
  }

  private static ReleaseCatalogue.Entry readEntry(GenericRecord record) {
    return new ReleaseCatalogue.Entry(
        AvroRecords.text(record, "release"),
        AvroRecords.text(record, "digest"),
        AvroRecords.text(record, "learner"),
        ReleaseCatalogue.Role.valueOf(AvroRecords.text(record, "role")),
        AvroRecords.optionalText(record, "parent"),
        AvroRecords.longOf(record, "createdAtMillis"),
        AvroRecords.doubleOf(record, "trafficShare"));
  }
}
