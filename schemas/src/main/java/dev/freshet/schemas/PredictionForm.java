package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.field;
import static dev.freshet.schemas.AvroRecords.record;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** Predictions as Avro. */
final class PredictionForm extends AvroForm<Prediction> {
  private final Schema labelCount = field(schema(), "supportByLabel").getElementType();
  private final Schema basis = field(schema(), "basis");
  private final Schema answer = field(schema(), "answers").getElementType();
  private final Schema score = field(answer, "scores").getElementType();
  private final TargetForm targets = new TargetForm(field(score, "target"));

  PredictionForm() {
    super("Prediction", 2);
  }

  @Override
  GenericRecord toAvro(Prediction p) {
    return record(
        schema(),
        p.lineage(),
        p.task(),
        p.query(),
        p.partition(),
        p.offset(),
        p.release(),
        p.epoch(),
        p.supportDigest(),
        p.supportSize(),
        p.supportByLabel().stream()
            .map(count -> record(labelCount, count.label(), count.examples()))
            .toList(),
        new GenericData.EnumSymbol(basis, p.basis().name()),
        p.opened(),
        p.truncated(),
        p.engine(),
        p.answers().stream().map(this::answer).toList(),
        p.propensity().isPresent() ? (Double) p.propensity().getAsDouble() : null,
        p.itemTable().orElse(null));
  }

  /** Field by field in the order of the schema: there is one of these for every query. */
  @Override
  void write(Prediction p, Encoder out) throws IOException {
    out.writeString(p.lineage());
    out.writeString(p.task());
    out.writeString(p.query());
    out.writeInt(p.partition());
    out.writeLong(p.offset());
    out.writeString(p.release());
    out.writeLong(p.epoch());
    out.writeString(p.supportDigest());
    out.writeInt(p.supportSize());
    begin(p.supportByLabel(), out);
    for (Prediction.LabelCount count : p.supportByLabel()) {
      out.startItem();
      out.writeString(count.label());
      out.writeInt(count.examples());
    }
    out.writeArrayEnd();
    out.writeEnum(basis.getEnumOrdinal(p.basis().name()));
    out.writeBoolean(p.opened());
    out.writeBoolean(p.truncated());
    out.writeString(p.engine());
    begin(p.answers(), out);
    for (Prediction.Answer answer : p.answers()) {
      out.startItem();
      write(answer, out);
    }
    out.writeArrayEnd();
    out.writeIndex(p.propensity().isPresent() ? 1 : 0);
    if (p.propensity().isPresent()) {
      out.writeDouble(p.propensity().getAsDouble());
    }
    out.writeIndex(p.itemTable().isPresent() ? 1 : 0);
    if (p.itemTable().isPresent()) {
      out.writeString(p.itemTable().get());
    }
  }

  private static void write(Prediction.Answer answer, Encoder out) throws IOException {
    out.writeString(answer.head());
    out.writeString(answer.learner());
    begin(answer.scores(), out);
    for (Prediction.Score score : answer.scores()) {
      out.startItem();
      TargetForm.write(score.target(), out);
      out.writeDouble(score.score());
    }
    out.writeArrayEnd();
  }

  private static void begin(List<?> list, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(list.size());
  }

  private GenericRecord answer(Prediction.Answer value) {
    return record(
        answer,
        value.head(),
        value.learner(),
        value.scores().stream()
            .map(s -> record(score, targets.toAvro(s.target()), s.score()))
            .toList());
  }

  @Override
  Prediction fromAvro(GenericRecord r) {
    Object propensity = r.get("propensity");
    return new Prediction(
        AvroRecords.text(r, "lineage"),
        AvroRecords.text(r, "task"),
        AvroRecords.text(r, "query"),
        AvroRecords.intOf(r, "partition"),
        AvroRecords.longOf(r, "offset"),
        AvroRecords.text(r, "release"),
        AvroRecords.longOf(r, "epoch"),
        AvroRecords.text(r, "supportDigest"),
        AvroRecords.intOf(r, "supportSize"),
        AvroRecords.records(
            r,
            "supportByLabel",
            c ->
                new Prediction.LabelCount(
                    AvroRecords.text(c, "label"), AvroRecords.intOf(c, "examples"))),
        Prediction.Basis.valueOf(AvroRecords.text(r, "basis")),
        AvroRecords.booleanOf(r, "opened"),
        AvroRecords.booleanOf(r, "truncated"),
        AvroRecords.text(r, "engine"),
        AvroRecords.records(r, "answers", PredictionForm::readAnswer),
        propensity == null ? OptionalDouble.empty() : OptionalDouble.of((double) propensity),
        AvroRecords.optionalText(r, "itemTable"));
  }

  private static Prediction.Answer readAnswer(GenericRecord record) {
    return new Prediction.Answer(
        AvroRecords.text(record, "head"),
        AvroRecords.text(record, "learner"),
        AvroRecords.records(
            record,
            "scores",
            s ->
                new Prediction.Score(
                    TargetForm.read(AvroRecords.recordOf(s, "target")),
                    AvroRecords.doubleOf(s, "score"))));
  }
}
