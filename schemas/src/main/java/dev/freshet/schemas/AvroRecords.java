package dev.freshet.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reading and writing the fields of Avro records without knowing their positions. */
final class AvroRecords {
  private AvroRecords() {}

  /** A record of the schema with these field values, in the schema's order. */
  static GenericRecord record(Schema schema, @Nullable Object... values) {
    GenericData.Record record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }

  /** The branch of a union that has the given name. */
  static Schema branch(Schema union, String name) {
    for (Schema branch : union.getTypes()) {
      if (branch.getType() == Schema.Type.RECORD && branch.getName().equals(name)) {
        return branch;
      }
    }
    throw new IllegalArgumentException("No branch " + name + " in " + union);
  }

  static Schema field(Schema record, String name) {
    return record.getField(name).schema();
  }

  static String text(GenericRecord record, String field) {
    return record.get(field).toString();
  }

  static Optional<String> optionalText(GenericRecord record, String field) {
    return Optional.ofNullable(record.get(field)).map(Object::toString);
  }

  static int intOf(GenericRecord record, String field) {
    return (int) record.get(field);
  }

  static long longOf(GenericRecord record, String field) {
    return (long) record.get(field);
  }

  static double doubleOf(GenericRecord record, String field) {
    return (double) record.get(field);
  }

  static boolean booleanOf(GenericRecord record, String field) {
    return (boolean) record.get(field);
  }

  static GenericRecord recordOf(GenericRecord record, String field) {
    return (GenericRecord) record.get(field);
  }

  static Optional<GenericRecord> optionalRecord(GenericRecord record, String field) {
    return Optional.ofNullable((GenericRecord) record.get(field));
  }

  static List<String> texts(GenericRecord record, String field) {
    return ((Collection<?>) record.get(field)).stream().map(Object::toString).toList();
  }

  static <T> List<T> records(GenericRecord record, String field, Function<GenericRecord, T> read) {
    Collection<?> values = (Collection<?>) record.get(field);
    List<T> all = new ArrayList<>(values.size());
    for (Object value : values) {
      all.add(read.apply((GenericRecord) value));
    }
    return all;
  }
}
