package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.record;

import dev.freshet.schemas.ScoreRecord.NumberErrors;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Scores as Avro. */
final class ScoreRecordForm extends AvroForm<ScoreRecord> {
  ScoreRecordForm() {
    super("ScoreRecord", 2);
  }

  @Override
  GenericRecord toAvro(ScoreRecord s) {
    return record(
        schema(),
        s.lineage(),
        s.release(),
        s.learner(),
        s.head(),
        s.shots(),
        s.queries(),
        s.correct(),
        s.logLossSum(),
        s.errors().map(NumberErrors::absoluteSum).orElse(null),
        s.errors().map(NumberErrors::squaredSum).orElse(null));
  }

  @Override
  ScoreRecord fromAvro(GenericRecord r) {
    return new ScoreRecord(
        AvroRecords.text(r, "lineage"),
        AvroRecords.text(r, "release"),
        AvroRecords.text(r, "learner"),
        AvroRecords.text(r, "head"),
        AvroRecords.intOf(r, "shots"),
        AvroRecords.longOf(r, "queries"),
        AvroRecords.longOf(r, "correct"),
        AvroRecords.doubleOf(r, "logLossSum"),
        errors(r));
  }

  private static Optional<NumberErrors> errors(GenericRecord r) {
    return r.get("absoluteErrorSum") == null
        ? Optional.empty()
        : Optional.of(
            new NumberErrors(
                AvroRecords.doubleOf(r, "absoluteErrorSum"),
                AvroRecords.doubleOf(r, "squaredErrorSum")));
  }
}
