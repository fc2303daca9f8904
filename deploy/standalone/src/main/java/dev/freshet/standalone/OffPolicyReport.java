package dev.freshet.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.trainer.offpolicy.BanditLog;
import dev.freshet.trainer.offpolicy.Estimate;
import dev.freshet.trainer.offpolicy.OffPolicyEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Estimates, and the means that stand beside them.
 *
 * @param log that was estimated from
 * @param target a log of the target policy itself, if there is one
 */
record OffPolicyReport(BanditLog log, List<Row> rows, Optional<BanditLog> target) {
  /** An estimate, with the truth where that is known. */
  record Row(OffPolicyEvaluation.Line line, OptionalDouble truth) {}

  /** As one document. */
  ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("logged", logged(log));
    target.ifPresent(other -> document.set("onPolicy", logged(other)));
    document.putArray("estimates");
    for (Row row : rows) {
      ObjectNode node = document.withArray("estimates").addObject();
      node.put("policy", row.line().policy());
      node.put("estimator", row.line().estimator().label());
      node.put("value", row.line().estimate().value());
      node.put("ci95", row.line().estimate().ci95());
      node.put("effectiveSample", row.line().effectiveSample());
      node.put("meanWeight", row.line().meanWeight());
      node.put("clippedShare", row.line().clippedShare());
      row.truth().ifPresent(truth -> node.put("truth", truth));
    }
    return document;
  }

  private static ObjectNode logged(BanditLog log) {
    Estimate mean = log.mean();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("log", log.name());
    node.put("n", log.choices().size());
    node.put("mean", mean.value());
    node.put("ci95", mean.ci95());
    ObjectNode refused = node.putObject("refused");
    refused.put("incomplete", log.refused().incomplete());
    refused.put("reward", log.refused().reward());
    refused.put("propensity", log.refused().propensity());
    return node;
  }

  /** As a table. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("policy        estimator             value  effective rows     truth");
    for (Row row : rows) {
      Estimate estimate = row.line().estimate();
      String truth =
          row.truth().isPresent()
              ? String.format(Locale.ROOT, "%.5f", row.truth().getAsDouble())
              : "–";
      lines.add(
          String.format(
              Locale.ROOT,
              "%-13s %-9s %.5f ± %.5f  %14.0f  %8s",
              row.line().policy(),
              row.line().estimator().label(),
              estimate.value(),
              estimate.ci95(),
              row.line().effectiveSample(),
              truth));
    }
    lines.add("");
    lines.add(mean("logged", log));
    target.ifPresent(other -> lines.add(mean("on policy", other)));
    return lines;
  }

  private static String mean(String what, BanditLog log) {
    Estimate mean = log.mean();
    return String.format(
        Locale.ROOT,
        "%-23s %.5f ± %.5f  %14d  (%s)",
        what,
        mean.value(),
        mean.ci95(),
        log.choices().size(),
        log.name());
  }
}
