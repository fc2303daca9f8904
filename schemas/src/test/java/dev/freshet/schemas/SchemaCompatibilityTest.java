package dev.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backward-transitive: the current schema reads what any released version wrote. */
class SchemaCompatibilityTest {
  static Stream<AvroForm<?>> everyForm() {
    return Stream.of(
        new TaskEventForm(),
        new PredictionForm(),
        new ReleaseCatalogueForm(),
        new ScoreRecordForm(),
        new RefreshRequestForm());
  }

  @ParameterizedTest
  @MethodSource("everyForm")
  void currentSchemaReadsEveryReleasedVersion(AvroForm<?> form) throws SchemaValidationException {
    List<Schema> newestFirst = Lists.reversed(form.history());
    new SchemaValidatorBuilder()
        .canReadStrategy()
        .validateAll()
        .validate(form.schema(), newestFirst);
  }

  @ParameterizedTest
  @MethodSource("everyForm")
  void currentSchemaIsTheNewestReleasedVersion(AvroForm<?> form) {
    assertThat(form.schema()).isEqualTo(form.history().get(form.history().size() - 1));
  }

  /** Keeps the checks above honest: they must be able to fail. */
  @Test
  void aFieldWithoutDefaultWouldBeRefused() {
    Schema before = new ScoreRecordForm().schema();
    List<Schema.Field> fields =
        Stream.concat(
                before.getFields().stream().map(f -> new Schema.Field(f, f.schema())),
                Stream.of(new Schema.Field("added", Schema.create(Schema.Type.INT))))
            .toList();
    Schema after =
        Schema.createRecord(before.getName(), null, before.getNamespace(), false, fields);

    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(after, before).getType())
        .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static final class Lists {
    static <T> List<T> reversed(List<T> list) {
      return Stream.iterate(list.size() - 1, i -> i >= 0, i -> i - 1).map(list::get).toList();
    }
  }
}
