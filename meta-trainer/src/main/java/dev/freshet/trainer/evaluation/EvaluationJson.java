package dev.freshet.trainer.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.trainer.episode.Ways;
import java.util.OptionalInt;

/** Results as a document. Ways and shots are numbers, but for "all" and "overall". */
final class EvaluationJson {
  private final EvaluationResults results;
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  private EvaluationJson(EvaluationResults results) {
    this.results = results;
  }

  static String of(EvaluationResults results) {
    return new EvaluationJson(results).write().toPrettyString();
  }

  private ObjectNode write() {
    EvaluationSettings settings = results.settings();
    document.put("corpus", settings.corpus().name());
    boolean stream = settings.protocol() instanceof Protocol.Stream;
    document.put("protocol", stream ? "stream" : "episodes");
    document.put("seed", settings.seed());
    document.put("seconds", results.seconds());
    ArrayNode releases = document.putArray("releases");
    for (Entrant entrant : settings.entrants()) {
      ObjectNode release = releases.addObject();
      release.put("learner", entrant.name());
      release.put("release", entrant.release().manifest().release());
      release.put("digest", entrant.release().digest());
    }
    results.notices().forEach(document.putArray("notices")::add);
    results.results().forEach(this::result);
    results.paired().forEach(this::paired);
    return document;
  }

  private void result(Result row) {
    ObjectNode node = document.withArray("results").addObject();
    node.put("learner", row.learner());
    ways(node, row.ways());
    node.put("labels", row.labels());
    shots(node, row.shots());
    node.put("names", row.names());
    node.put("episodes", row.episodes());
    node.put("queries", row.queries());
    node.put("accuracy", row.accuracy());
    if (row.ci95().isPresent()) {
      node.put("ci95", row.ci95().getAsDouble());
    } else {
      node.putNull("ci95");
    }
    node.put("ece", row.ece());
    node.put("logLoss", row.logLoss());
    node.put("adaptMicros", row.adaptMicros());
    ArrayNode bins = node.putArray("reliability");
    for (Result.ReliabilityBin bin : row.reliability()) {
      ObjectNode one = bins.addObject();
      one.put("confidence", bin.confidence());
      one.put("accuracy", bin.accuracy());
      one.put("queries", bin.queries());
    }
  }

  private void paired(PairedDifference row) {
    ObjectNode node = document.withArray("paired").addObject();
    node.put("learner", row.learner());
    node.put("against", row.against());
    ways(node, row.ways());
    shots(node, row.shots());
    node.put("names", row.names());
    node.put("episodes", row.episodes());
    node.put("difference", row.difference());
    node.put("ci95", row.ci95());
    node.put("beyondNoise", row.beyondNoise());
  }

  private static void ways(ObjectNode node, Ways ways) {
    numberOr(node, "ways", ways.count(), "all");
  }

  private static void shots(ObjectNode node, Shots shots) {
    numberOr(node, "shots", shots.count(), "overall");
  }

  private static void numberOr(ObjectNode node, String field, OptionalInt number, String word) {
    if (number.isPresent()) {
      node.put(field, number.getAsInt());
    } else {
      node.put(field, word);
    }
  }
}
