package dev.freshet.trainer.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.adaptation.runtime.Device;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Figures of one device.
 *
 * @param copyGigabytesPerSecond read and written, elementwise
 * @param productGigaflops float32 products of square matrices, TF32 off
 * @param encodedTextsPerSecond by the float MiniLM; empty where it was not built in
 */
public record DeviceReport(
    Device device,
    double copyGigabytesPerSecond,
    double productGigaflops,
    OptionalDouble encodedTextsPerSecond,
    List<Row> rows,
    List<Parity> parity) {
  /** The most that answers may differ from the CPU's. */
  public static final double PARITY_MAX = 1e-4;

  /** One work at one batch. */
  public record Row(String work, int tasksPerCall, double tasksPerSecond) {}

  /**
   * Against the CPU.
   *
   * @param difference the largest of any output, in parts of that output's largest number
   */
  public record Parity(String work, double difference) {
    public boolean holds() {
      return difference <= PARITY_MAX;
    }
  }

  public DeviceReport {
    rows = List.copyOf(rows);
    parity = List.copyOf(parity);
  }

  /** Whether every work agrees with the CPU. */
  public boolean agreesWithCpu() {
    return parity.stream().allMatch(Parity::holds);
  }

  /** As a document. */
  public String toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("device", device.toString());
    document.put("tf32", false);
    document.put("copyGigabytesPerSecond", copyGigabytesPerSecond);
    document.put("productGigaflops", productGigaflops);
    encodedTextsPerSecond.ifPresent(rate -> document.put("encodedTextsPerSecond", rate));
    document.put("agreesWithCpu", agreesWithCpu());
    ArrayNode against = document.putArray("parity");
    for (Parity one : parity) {
      ObjectNode node = against.addObject();
      node.put("work", one.work());
      node.put("difference", one.difference());
      node.put("holds", one.holds());
    }
    ArrayNode results = document.putArray("results");
    for (Row row : rows) {
      ObjectNode node = results.addObject();
      node.put("work", row.work());
      node.put("tasksPerCall", row.tasksPerCall());
      node.put("tasksPerSecond", row.tasksPerSecond());
    }
    return document.toPrettyString();
  }
}
