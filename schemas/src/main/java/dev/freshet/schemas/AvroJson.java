package dev.freshet.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * JSON as people write it, by an Avro schema: no union wrappers, vectors as arrays of numbers, and
 * a {@code "type"} that names the event.
 *
 * <p>Avro's own JSON form wraps every union and wants fields in order; nobody would type it into a
 * console producer. A union branch is found by its field names here. Unknown fields are errors: a
 * typing mistake must not become a missing label.
 */
final class AvroJson {
  private static final String TYPE = "type";
  private static final String EVENT = "event";
  private static final String VECTOR = "vector";
  private static final String DIM = "dim";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  GenericRecord read(byte[] bytes, Schema schema) throws UndecodableException {
    JsonNode json;
    try {
      json = mapper.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new UndecodableException(
          RejectionReason.UNDECODABLE, "broken JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      // Bytes that look like UTF-32 and are not; there is no other reading that could fail.
      throw new UndecodableException(
          RejectionReason.UNDECODABLE, "broken JSON: " + e.getMessage(), e);
    }
    try {
      return record(folded(object(json, "the event"), schema), schema, "");
    } catch (IllegalArgumentException e) {
      throw new UndecodableException(
          RejectionReason.INVALID_EVENT, String.valueOf(e.getMessage()), e);
    }
  }

  String write(GenericRecord value) {
    ObjectNode json = (ObjectNode) node(value);
    if (isEvent(value.getSchema())) {
      ObjectNode payload = (ObjectNode) json.remove(EVENT);
      ObjectNode flat = NODES.objectNode();
      flat.put(TYPE, AvroRecords.recordOf(value, EVENT).getSchema().getName());
      flat.setAll(json);
      flat.setAll(payload);
      json = flat;
    }
    try {
      return mapper.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEvent(Schema schema) {
    return schema.getField(EVENT) != null;
  }

  /** Moves the fields of a flat event under {@code event}, where the schema has them. */
  private static ObjectNode folded(ObjectNode flat, Schema schema) {
    if (!isEvent(schema)) {
      return flat;
    }
    ObjectNode envelope = NODES.objectNode();
    ObjectNode payload = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : flat.properties()) {
      boolean ofEnvelope = schema.getField(field.getKey()) != null;
      (ofEnvelope ? envelope : payload).set(field.getKey(), field.getValue());
    }
    Require.that(!envelope.has(EVENT), "unknown field 'event'; name the kind of event in 'type'");
    envelope.set(EVENT, payload);
    return envelope;
  }

  private static ObjectNode object(JsonNode json, String where) {
    Require.that(json instanceof ObjectNode, "%s: expected an object, got %s", where, json);
    return (ObjectNode) json;
  }

  private static GenericRecord record(ObjectNode json, Schema schema, String where) {
    GenericData.Record record = new GenericData.Record(schema);
    boolean vector = schema.getField(DIM) != null && schema.getField(VECTOR) != null;
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      Require.that(
          schema.getField(field.getKey()) != null && !(vector && field.getKey().equals(DIM)),
          "%sunknown field '%s', expected one of %s",
          at(where),
          field.getKey(),
          names(schema));
    }
    for (Schema.Field field : schema.getFields()) {
      String path = where.isEmpty() ? field.name() : where + "." + field.name();
      JsonNode value = json.get(field.name());
      if (vector && field.name().equals(DIM)) {
        record.put(field.pos(), json.path(VECTOR).size());
      } else if (vector && field.name().equals(VECTOR)) {
        record.put(field.pos(), floats(value, path));
      } else if (value == null) {
        Require.that(field.hasDefaultValue(), "%smissing field '%s'", at(where), field.name());
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      } else {
        record.put(field.pos(), value(value, field.schema(), path));
      }
    }
    return record;
  }

  private static String at(String where) {
    return where.isEmpty() ? "" : where + ": ";
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream()
        .map(Schema.Field::name)
        .filter(name -> !name.equals(DIM))
        .toList();
  }

  private static @Nullable Object value(JsonNode json, Schema schema, String where) {
    return switch (schema.getType()) {
      case UNION -> union(json, schema, where);
      case RECORD -> record(object(json, where), schema, where);
      case ARRAY -> array(json, schema, where);
      case STRING -> {
        Require.that(json.isTextual(), "%s: expected a text, got %s", where, json);
        yield json.textValue();
      }
      case INT -> {
        Require.that(json.canConvertToInt() && json.isIntegralNumber(), number(where, json));
        yield json.intValue();
      }
      case LONG -> {
        Require.that(json.canConvertToLong() && json.isIntegralNumber(), number(where, json));
        yield json.longValue();
      }
      case DOUBLE -> {
        Require.that(json.isNumber(), number(where, json));
        yield json.doubleValue();
      }
      case ENUM -> {
        String symbol = String.valueOf(json.textValue()).toUpperCase(Locale.ROOT);
        Require.that(
            schema.hasEnumSymbol(symbol),
            "%s: expected one of %s, got %s",
            where,
            schema.getEnumSymbols(),
            json);
        yield new GenericData.EnumSymbol(schema, symbol);
      }
      case BOOLEAN -> {
        Require.that(json.isBoolean(), "%s: expected true or false, got %s", where, json);
        yield json.booleanValue();
      }
      default -> throw new IllegalArgumentException(where + ": cannot be written as JSON");
    };
  }

  private static String number(String where, JsonNode json) {
    return (where + ": expected a number, got " + json).replace("%", "%%");
  }

  private static @Nullable Object union(JsonNode json, Schema union, String where) {
    if (json.isNull()) {
      Require.that(union.isNullable(), "%s: expected a value, got null", where);
      return null;
    }
    List<Schema> branches =
        union.getTypes().stream().filter(b -> b.getType() != Schema.Type.NULL).toList();
    if (branches.size() == 1) {
      return value(json, branches.get(0), where);
    }
    ObjectNode object = object(json, where);
    return where.equals(EVENT) ? event(object, branches) : byFields(object, branches, where);
  }

  private static GenericRecord event(ObjectNode json, List<Schema> branches) {
    List<String> types = branches.stream().map(Schema::getName).toList();
    JsonNode type = json.remove(TYPE);
    Require.that(type != null, "missing field 'type', expected one of %s", types);
    int index = types.indexOf(String.valueOf(type.textValue()));
    Require.that(index >= 0, "type is %s, expected one of %s", type, types);
    return record(json, branches.get(index), "");
  }

  /** The branch whose first field is there: the branches of a union share no first field. */
  private static GenericRecord byFields(ObjectNode json, List<Schema> branches, String where) {
    for (Schema branch : branches) {
      if (json.has(branch.getFields().get(0).name())) {
        return record(json, branch, where);
      }
    }
    throw new IllegalArgumentException(
        where
            + ": expected an object with one of "
            + branches.stream().map(b -> "'" + b.getFields().get(0).name() + "'").toList()
            + ", got "
            + json);
  }

  private static List<@Nullable Object> array(JsonNode json, Schema schema, String where) {
    Require.that(json.isArray(), "%s: expected a list, got %s", where, json);
    List<@Nullable Object> values = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      values.add(value(element, schema.getElementType(), where + "[" + values.size() + "]"));
    }
    return values;
  }

  private static ByteBuffer floats(@Nullable JsonNode json, String where) {
    if (json == null || !json.isArray()) {
      throw new IllegalArgumentException(where + ": expected a list of numbers, got " + json);
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * json.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode element : json) {
      Require.that(element.isNumber(), "%s: expected numbers, got %s", where, element);
      bytes.putFloat(element.floatValue());
    }
    return bytes.flip();
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof GenericRecord record) {
      return recordNode(record);
    } else if (value instanceof Collection<?> values) {
      ArrayNode array = NODES.arrayNode();
      values.forEach(element -> array.add(node(element)));
      return array;
    } else if (value instanceof Integer number) {
      return NODES.numberNode(number);
    } else if (value instanceof Long number) {
      return NODES.numberNode(number);
    } else if (value instanceof Double number) {
      return NODES.numberNode(number);
    } else if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    } else if (value instanceof ByteBuffer bytes) {
      ArrayNode array = NODES.arrayNode();
      ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      while (view.hasRemaining()) {
        array.add(view.getFloat());
      }
      return array;
    }
    return NODES.textNode(value.toString());
  }

  private static ObjectNode recordNode(GenericRecord record) {
    ObjectNode json = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      boolean said = value != null && !field.name().equals(DIM);
      if (said) {
        json.set(field.name(), node(value));
      }
    }
    return json;
  }
}
