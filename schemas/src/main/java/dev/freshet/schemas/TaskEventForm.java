package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.branch;
import static dev.freshet.schemas.AvroRecords.field;
import static dev.freshet.schemas.AvroRecords.record;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The log's events as Avro. */
final class TaskEventForm extends AvroForm<TaskEvent> {
  private final Schema event = field(schema(), "event");
  private final Schema taskOpened = branch(event, "TaskOpened");
  private final Schema label = field(taskOpened, "labels").getElementType();
  private final Schema policy = branch(field(taskOpened, "policy"), "SupportPolicy");
  private final Schema exampleAdded = branch(event, "ExampleAdded");
  private final Schema exampleRetracted = branch(event, "ExampleRetracted");
  private final Schema queryAsked = branch(event, "QueryAsked");
  private final Schema candidate = field(queryAsked, "candidates").getElementType();
  private final Schema outcomeObserved = branch(event, "OutcomeObserved");
  private final Schema taskClosed = branch(event, "TaskClosed");
  private final Schema releaseActivated = branch(event, "ReleaseActivated");
  private final Schema filter = branch(field(queryAsked, "filter"), "ItemFilter");
  private final Schema exploration = branch(field(queryAsked, "explore"), "Exploration");
  private final ItemEventForm items = new ItemEventForm(event);
  private final TargetForm targets = new TargetForm(field(exampleAdded, "target"));
  private final Schema features = field(exampleAdded, "features");
  private final Schema textFeatures = branch(features, "TextFeatures");
  private final Schema vectorFeatures = branch(features, "VectorFeatures");
  private final Schema itemFeatures = branch(features, "ItemFeatures");

  TaskEventForm() {
    super("TaskEvent", 2);
  }

  @Override
  GenericRecord toAvro(TaskEvent value) {
    String task = value instanceof TaskEvent.OfTask ofTask ? ofTask.task() : null;
    return record(schema(), value.lineage(), task, payload(value));
  }

  private GenericRecord payload(TaskEvent value) {
    if (value instanceof ExampleAdded e) {
      return record(exampleAdded, e.example(), features(e.features()), targets.toAvro(e.target()));
    }
    if (value instanceof QueryAsked q) {
      return query(q);
    }
    if (value instanceof OutcomeObserved o) {
      return record(outcomeObserved, o.query(), targets.toAvro(o.target()), o.item().orElse(null));
    }
    if (value instanceof ExampleRetracted r) {
      return record(exampleRetracted, r.example());
    }
    if (value instanceof TaskOpened t) {
      return record(
          taskOpened,
          t.labels().stream().map(this::label).toList(),
          t.policy().map(this::policy).orElse(null),
          t.parent().orElse(null),
          t.segment());
    }
    if (value instanceof TaskClosed) {
      return record(taskClosed);
    }
    if (value instanceof ItemDescribed described) {
      return items.toAvro(described);
    }
    if (value instanceof ItemsChanged changed) {
      return items.toAvro(changed);
    }
    ReleaseActivated fence = (ReleaseActivated) value;
    return record(releaseActivated, fence.release(), fence.digest(), fence.epoch());
  }

  private GenericRecord query(QueryAsked q) {
    return record(
        queryAsked,
        q.query(),
        q.features().map(this::features).orElse(null),
        q.heads(),
        q.candidates().stream()
            .map(c -> record(candidate, c.item(), c.features().map(this::features).orElse(null)))
            .toList(),
        q.topK().isPresent() ? (Integer) q.topK().getAsInt() : null,
        q.filter().map(f -> record(filter, f.seen(), f.unavailable(), f.attributes())).orElse(null),
        q.exploration().map(this::exploration).orElse(null));
  }

  private GenericRecord exploration(Exploration value) {
    Schema policies = field(exploration, "policy");
    return record(
        exploration, new GenericData.EnumSymbol(policies, value.policy().name()), value.epsilon());
  }

  private GenericRecord label(Label value) {
    return record(label, value.id(), value.name(), value.description().orElse(null));
  }

  private GenericRecord policy(SupportPolicy p) {
    boolean forever = p.exampleAgeMax().equals(SupportPolicy.UNLIMITED);
    return record(
        policy,
        p.labelsMax(),
        p.examplesPerLabelMax(),
        p.examplesPerTaskMax(),
        forever ? null : (Long) p.exampleAgeMax().toMillis(),
        p.tombstonesMax(),
        p.tombstoneAgeMax().toMillis(),
        p.outcomesAreExamples(),
        p.pendingQueriesMax(),
        p.pendingQueryAgeMax().toMillis(),
        p.unknownItemsKept());
  }

  private GenericRecord features(Features value) {
    if (value instanceof Features.TextFeatures text) {
      return record(textFeatures, text.text());
    }
    if (value instanceof Features.VectorFeatures vector) {
      return record(
          vectorFeatures, vector.toBytes(), vector.dimension(), vector.encoder().orElse(null));
    }
    return record(itemFeatures, ((Features.ItemFeatures) value).item());
  }

  @Override
  TaskEvent fromAvro(GenericRecord record) {
    String lineage = AvroRecords.text(record, "lineage");
    Optional<String> task = AvroRecords.optionalText(record, "task");
    GenericRecord payload = AvroRecords.recordOf(record, "event");
    String type = payload.getSchema().getName();
    return switch (type) {
      case "ReleaseActivated", "ItemsChanged", "ItemDescribed" -> {
        Require.that(task.isEmpty(), "%s has no task, got '%s'", type, task.orElse(""));
        yield ofLineage(type, lineage, payload);
      }
      default -> {
        Require.that(task.isPresent(), "%s names no task", type);
        yield ofTask(type, lineage, task.orElseThrow(), payload);
      }
    };
  }

  private static TaskEvent ofLineage(String type, String lineage, GenericRecord payload) {
    return switch (type) {
      case "ItemsChanged" -> ItemEventForm.readChanged(lineage, payload);
      case "ItemDescribed" -> ItemEventForm.readDescribed(lineage, payload);
      default ->
          new ReleaseActivated(
              lineage,
              AvroRecords.text(payload, "release"),
              AvroRecords.text(payload, "digest"),
              AvroRecords.longOf(payload, "epoch"));
    };
  }

  private TaskEvent ofTask(String type, String lineage, String task, GenericRecord payload) {
    return switch (type) {
      case "TaskOpened" ->
          new TaskOpened(
              lineage,
              task,
              AvroRecords.records(payload, "labels", TaskEventForm::readLabel),
              AvroRecords.optionalRecord(payload, "policy").map(TaskEventForm::readPolicy),
              AvroRecords.optionalText(payload, "parent"),
              AvroRecords.booleanOf(payload, "segment"));
      case "ExampleAdded" ->
          new ExampleAdded(
              lineage,
              task,
              AvroRecords.text(payload, "example"),
              readFeatures(AvroRecords.recordOf(payload, "features")),
              TargetForm.read(AvroRecords.recordOf(payload, "target")));
      case "ExampleRetracted" ->
          new ExampleRetracted(lineage, task, AvroRecords.text(payload, "example"));
      case "QueryAsked" -> readQuery(lineage, task, payload);
      case "OutcomeObserved" ->
          new OutcomeObserved(
              lineage,
              task,
              AvroRecords.text(payload, "query"),
              TargetForm.read(AvroRecords.recordOf(payload, "target")),
              AvroRecords.optionalText(payload, "item"));
      case "TaskClosed" -> new TaskClosed(lineage, task);
      default -> throw new IllegalArgumentException("unknown type of event " + type);
    };
  }

  private static QueryAsked readQuery(String lineage, String task, GenericRecord payload) {
    Object topK = payload.get("topK");
    return new QueryAsked(
        lineage,
        task,
        AvroRecords.text(payload, "query"),
        AvroRecords.optionalRecord(payload, "features").map(TaskEventForm::readFeatures),
        AvroRecords.texts(payload, "heads"),
        AvroRecords.records(
            payload,
            "candidates",
            c ->
                new Candidate(
                    AvroRecords.text(c, "item"),
                    AvroRecords.optionalRecord(c, "features").map(TaskEventForm::readFeatures))),
        topK == null ? OptionalInt.empty() : OptionalInt.of((int) topK),
        AvroRecords.optionalRecord(payload, "filter")
            .map(
                f ->
                    new ItemFilter(
                        AvroRecords.booleanOf(f, "seen"),
                        AvroRecords.booleanOf(f, "unavailable"),
                        AvroRecords.texts(f, "attributes"))),
        AvroRecords.optionalRecord(payload, "explore")
            .map(
                e ->
                    new Exploration(
                        Exploration.Policy.valueOf(AvroRecords.text(e, "policy")),
                        AvroRecords.doubleOf(e, "epsilon"))));
  }

  private static Label readLabel(GenericRecord record) {
    return new Label(
        AvroRecords.text(record, "id"),
        AvroRecords.text(record, "name"),
        AvroRecords.optionalText(record, "description"));
  }

  private static SupportPolicy readPolicy(GenericRecord p) {
    Object exampleAge = p.get("exampleAgeMillisMax");
    return new SupportPolicy(
        AvroRecords.intOf(p, "labelsMax"),
        AvroRecords.intOf(p, "examplesPerLabelMax"),
        AvroRecords.intOf(p, "examplesPerTaskMax"),
        exampleAge == null ? SupportPolicy.UNLIMITED : Duration.ofMillis((long) exampleAge),
        AvroRecords.intOf(p, "tombstonesMax"),
        Duration.ofMillis(AvroRecords.longOf(p, "tombstoneAgeMillisMax")),
        AvroRecords.booleanOf(p, "outcomesAreExamples"),
        AvroRecords.intOf(p, "pendingQueriesMax"),
        Duration.ofMillis(AvroRecords.longOf(p, "pendingQueryAgeMillisMax")),
        AvroRecords.booleanOf(p, "unknownItemsKept"));
  }

  private static Features readFeatures(GenericRecord record) {
    return switch (record.getSchema().getName()) {
      case "TextFeatures" -> new Features.TextFeatures(AvroRecords.text(record, "text"));
      case "VectorFeatures" ->
          Features.VectorFeatures.fromBytes(
              (ByteBuffer) record.get("vector"),
              AvroRecords.intOf(record, "dim"),
              AvroRecords.optionalText(record, "encoder"));
      case "ItemFeatures" -> new Features.ItemFeatures(AvroRecords.text(record, "item"));
      default ->
          throw new IllegalArgumentException("unknown features " + record.getSchema().getName());
    };
  }
}
