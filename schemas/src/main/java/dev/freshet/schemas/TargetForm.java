package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.branch;
import static dev.freshet.schemas.AvroRecords.record;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** Targets as Avro: a union that examples, outcomes and scores share. */
final class TargetForm {
  private final Schema label;
  private final Schema number;
  private final Schema item;

  TargetForm(Schema union) {
    label = branch(union, "LabelTarget");
    number = branch(union, "NumberTarget");
    item = branch(union, "ItemTarget");
  }

  GenericRecord toAvro(Target value) {
    if (value instanceof Target.LabelTarget target) {
      return record(label, target.label());
    }
    if (value instanceof Target.NumberTarget target) {
      return record(number, target.value());
    }
    return record(item, ((Target.ItemTarget) value).item());
  }

  /** As {@link #toAvro} and the union's order have it, without the detour of a record. */
  static void write(Target value, Encoder out) throws IOException {
    if (value instanceof Target.LabelTarget target) {
      out.writeIndex(0);
      out.writeString(target.label());
    } else if (value instanceof Target.NumberTarget target) {
      out.writeIndex(1);
      out.writeDouble(target.value());
    } else {
      out.writeIndex(2);
      out.writeString(((Target.ItemTarget) value).item());
    }
  }

  static Target read(GenericRecord record) {
    return switch (record.getSchema().getName()) {
      case "LabelTarget" -> new Target.LabelTarget(AvroRecords.text(record, "label"));
      case "NumberTarget" -> new Target.NumberTarget(AvroRecords.doubleOf(record, "number"));
      case "ItemTarget" -> new Target.ItemTarget(AvroRecords.text(record, "item"));
      default ->
          throw new IllegalArgumentException("unknown target " + record.getSchema().getName());
    };
  }
}
