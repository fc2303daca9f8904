package dev.freshet.trainer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.trainer.embedding.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceBenchTest {
  private static DeviceBenchSettings brief(Device device) {
    return new DeviceBenchSettings(device, List.of(2, 8), 0.01, 64, 64);
  }

  @Test
  void measuresEveryWorkAtEveryBatchBesideTheCeilings() throws Exception {
    DeviceReport report = DeviceBench.run(brief(Device.CPU), Progress.SILENT);
    assertThat(report.rows()).hasSize(2 * (DeviceWork.values().length + 1));
    assertThat(report.rows()).allMatch(row -> row.tasksPerSecond() > 0);
    assertThat(report.copyGigabytesPerSecond()).isPositive();
    assertThat(report.inputGigabytesPerSecond()).isPositive();
    // Vectors of 25 examples alone are that large.
    assertThat(report.rows().get(0).inputBytesPerTask()).isGreaterThan(25 * 384 * 4);
    assertThat(report.productGigaflops()).isPositive();
    JsonNode document = new ObjectMapper().readTree(report.toJson());
    assertThat(document.get("results").findValuesAsText("work"))
        .contains(
            "default",
            "default-predict",
            "default-served",
            "linear-head-384",
            "mlp-64-64-64-5",
            "mlp-64-64-64-5-meta-gradient");
    assertThat(document.get("tf32").asBoolean()).isFalse();
  }

  @Test
  void theCpuAgreesWithItself() {
    DeviceReport report = DeviceBench.run(brief(Device.CPU), Progress.SILENT);
    assertThat(report.parity()).allMatch(parity -> parity.difference() == 0);
    assertThat(report.agreesWithCpu()).isTrue();
    assertThat(report.bitsAreATasksOwn()).isTrue();
  }

  @Test
  void cudaIsRefusedWithItsReasonWhereItCannotLoad() {
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    assertThatThrownBy(() -> DeviceBench.run(brief(Device.CUDA), Progress.SILENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Device 'cuda' cannot be used")
        .hasMessageContaining("no CUDA provider");
  }
}
