package dev.freshet.adaptation.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.adaptation.learner.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The fields of a manifest in JSON, both ways. Problems are {@link IllegalArgumentException}s. */
final class ManifestFields {
  private static final Set<String> NAMES =
      Set.of(
          "manifestDigest",
          "formatVersion",
          "lineage",
          "release",
          "learner",
          "features",
          "encoder",
          "heads",
          "defaultHeads",
          "trainingData",
          "scores",
          "parent",
          "files");

  private final JsonNode node;
  private final String where;

  private ManifestFields(JsonNode node, String where) {
    this.node = node;
    this.where = where;
  }

  static void fill(ObjectNode root, ReleaseManifest manifest) {
    root.put("formatVersion", manifest.formatVersion());
    root.put("lineage", manifest.lineage());
    root.put("release", manifest.release());
    ObjectNode learner = root.putObject("learner");
    learner.put("name", manifest.learner());
    putNumbers(learner.putObject("settings"), manifest.settings());
    root.put("features", manifest.features());
    root.put("encoder", manifest.encoder());
    ArrayNode heads = root.putArray("heads");
    for (Head head : manifest.heads()) {
      heads.addObject().put("name", head.name()).put("kind", head.kind().name());
    }
    manifest.defaultHeads().forEach(root.putArray("defaultHeads")::add);
    root.put("trainingData", manifest.trainingData());
    putNumbers(root.putObject("scores"), manifest.scores());
    manifest.parent().ifPresent(parent -> root.put("parent", parent));
    ObjectNode files = root.putObject("files");
    manifest.files().forEach(files::put);
  }

  private static void putNumbers(ObjectNode object, Map<String, Double> numbers) {
    numbers.forEach(object::put);
  }

  /** The version comes first: a later one may well have other fields. */
  static ReleaseManifest parse(JsonNode root) {
    ManifestFields fields = new ManifestFields(root, "");
    int version = fields.integer("formatVersion");
    if (version != ReleaseManifest.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "formatVersion is "
              + version
              + ", expected "
              + ReleaseManifest.FORMAT_VERSION
              + "; a newer Freshet may read it");
    }
    fields.refuseOthersThan(NAMES);
    ManifestFields learner = fields.at("learner");
    learner.refuseOthersThan(Set.of("name", "settings"));
    return new ReleaseManifest(
        version,
        fields.text("lineage"),
        fields.text("release"),
        learner.text("name"),
        learner.numbers("settings"),
        fields.integer("features"),
        fields.text("encoder"),
        fields.list("heads", ManifestFields::head),
        fields.list("defaultHeads", ManifestFields::ownText),
        fields.text("trainingData"),
        fields.numbers("scores"),
        root.has("parent") ? Optional.of(fields.text("parent")) : Optional.empty(),
        fields.texts("files"));
  }

  private Head head() {
    refuseOthersThan(Set.of("name", "kind"));
    return new Head(text("name"), Head.Kind.valueOf(text("kind")));
  }

  private ManifestFields at(String name) {
    JsonNode child = node.get(name);
    if (child == null) {
      throw new IllegalArgumentException("field '" + where + name + "' is missing");
    }
    return new ManifestFields(child, where + name + ".");
  }

  private String text(String name) {
    return at(name).ownText();
  }

  private String ownText() {
    return expect(node.isTextual(), "a text").textValue();
  }

  private int integer(String name) {
    ManifestFields field = at(name);
    return field.expect(field.node.isInt(), "a whole number").intValue();
  }

  private double ownNumber() {
    return expect(node.isNumber(), "a number").doubleValue();
  }

  private SortedMap<String, Double> numbers(String name) {
    return at(name).map(ManifestFields::ownNumber);
  }

  private SortedMap<String, String> texts(String name) {
    return at(name).map(ManifestFields::ownText);
  }

  private <T> SortedMap<String, T> map(Function<ManifestFields, T> read) {
    expect(node.isObject(), "an object");
    SortedMap<String, T> result = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> result.put(name, read.apply(at(name))));
    return result;
  }

  private <T> List<T> list(String name, Function<ManifestFields, T> read) {
    ManifestFields field = at(name);
    field.expect(field.node.isArray(), "a list");
    List<T> result = new ArrayList<>();
    for (JsonNode item : field.node) {
      result.add(read.apply(new ManifestFields(item, field.where)));
    }
    return result;
  }

  private JsonNode expect(boolean holds, String kind) {
    if (!holds) {
      throw new IllegalArgumentException("field '" + where + "' is " + node + ", expected " + kind);
    }
    return node;
  }

  private void refuseOthersThan(Set<String> names) {
    expect(node.isObject(), "an object");
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown fields "
              + unknown
              + " in '"
              + where
              + "', expected only "
              + new TreeSet<>(names));
    }
  }
}
