package dev.freshet.trainer.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.adaptation.runtime.Device;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Figures of one device.
 *
 * @param copyGigabytesPerSecond read and written, elementwise
 * @param inputGigabytesPerSecond of a call's inputs on their way to the device
 * @param productGigaflops float32 products of square matrices, TF32 off
 * @param encodedTextsPerSecond by the float MiniLM; empty where it was not built in
 */
public record DeviceReport(
    Device device,
    double copyGigabytesPerSecond,
    double inputGigabytesPerSecond,
    double productGigaflops,
    OptionalDouble encodedTextsPerSecond,
    List<Row> rows,
    List<Parity> parity) {
  /** The most that answers may differ from the CPU's. */
  public static final double PARITY_MAX = 1e-4;

  static final String ENCODE = "encode";

  /**
   * One work at one batch.
   *
   * @param tasksPerCall as the job has it, tasks given at once, which the runtime makes calls of
   * @param inputBytesPerTask what a call takes, for each task; as the job has it, the examples
   *     alone
   */
  public record Row(
      String work, int tasksPerCall, double tasksPerSecond, double inputBytesPerTask) {
    /** Gigabytes a second of inputs, to be compared with the ceiling for these. */
    public double inputGigabytesPerSecond() {
      return tasksPerSecond * inputBytesPerTask / 1e9;
    }
  }

  /**
   * How much answers move that ought to stay: always the largest difference of any output, in parts
   * of that output's largest number. 0 is bit for bit the same.
   *
   * @param difference from the CPU's
   * @param again from the device's own, asked twice
   * @param inOtherCompany from the device's own, of the same tasks or texts each alone; empty for a
   *     bare graph, whose calls are as large as they are made
   */
  public record Parity(
      String work, double difference, double again, OptionalDouble inOtherCompany) {
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

  /**
   * Whether bits are the same from run to run, and a task's answers whoever shares its call. A
   * text's need not be: the job encodes texts one by one.
   */
  public boolean bitsAreATasksOwn() {
    return parity.stream()
        .allMatch(
            one ->
                one.again() == 0
                    && (one.work().equals(ENCODE) || one.inOtherCompany().orElse(0) == 0));
  }

  /** What does not agree, for people. */
  public String disagreement() {
    return parity.stream()
        .filter(one -> !one.holds())
        .map(one -> one.work() + " differs by " + one.difference())
        .collect(Collectors.joining(", "));
  }

  /** As a document. */
  public String toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("device", device.toString());
    document.put("tf32", false);
    document.put("copyGigabytesPerSecond", copyGigabytesPerSecond);
    document.put("inputGigabytesPerSecond", inputGigabytesPerSecond);
    document.put("productGigaflops", productGigaflops);
    encodedTextsPerSecond.ifPresent(rate -> document.put("encodedTextsPerSecond", rate));
    document.put("agreesWithCpu", agreesWithCpu());
    document.put("bitsAreATasksOwn", bitsAreATasksOwn());
    ArrayNode against = document.putArray("parity");
    for (Parity one : parity) {
      ObjectNode node = against.addObject();
      node.put("work", one.work());
      node.put("difference", one.difference());
      node.put("holds", one.holds());
      node.put("again", one.again());
      one.inOtherCompany().ifPresent(moved -> node.put("inOtherCompany", moved));
    }
    ArrayNode results = document.putArray("results");
    for (Row row : rows) {
      ObjectNode node = results.addObject();
      node.put("work", row.work());
      node.put("tasksPerCall", row.tasksPerCall());
      node.put("tasksPerSecond", row.tasksPerSecond());
      node.put("inputBytesPerTask", row.inputBytesPerTask());
      node.put("inputGigabytesPerSecond", row.inputGigabytesPerSecond());
    }
    return document.toPrettyString();
  }
}
