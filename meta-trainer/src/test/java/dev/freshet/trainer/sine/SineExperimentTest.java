package dev.freshet.trainer.sine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.report.SineFigure;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SineExperimentTest {
  /** A part of the paper's training: far from its figure, but the difference is there. */
  @Test
  void mamlAdaptsWhereThePretrainedNetworkCannot(@TempDir Path directory) throws Exception {
    SineResults results =
        SineExperiment.run(new SineSettings(3_000, 16, 200, Device.CPU, 1), Progress.SILENT);
    SineResults.Row after = results.bySteps().get(1);
    assertThat(results.bySteps()).hasSize(11);
    assertThat(results.bySteps().get(0).maml().mean()).isGreaterThan(2);
    assertThat(after.maml().mean() + after.maml().ci95())
        .isLessThan(after.pretrained().mean() - after.pretrained().ci95());

    JsonNode document = new ObjectMapper().readTree(results.toJson());
    assertThat(document.get("bySteps")).hasSize(11);
    assertThat(document.get("ratioAfterOneStep").asDouble()).isGreaterThan(1.2);
    Path figure = directory.resolve("deep").resolve("sine.png");
    SineFigure.write(results, figure);
    assertThat(ImageIO.read(Files.newInputStream(figure)).getWidth()).isGreaterThan(1_000);
  }

  @Test
  void theSameSeedGivesTheSameErrors() {
    SineSettings brief = new SineSettings(20, 4, 20, Device.CPU, 3);
    assertThat(SineExperiment.run(brief, Progress.SILENT).bySteps())
        .isEqualTo(SineExperiment.run(brief, Progress.SILENT).bySteps());
  }

  @Test
  @Tag("slow")
  void afterOneStepMamlIsFiveTimesBelow() {
    SineResults results = SineExperiment.run(SineSettings.OF_THE_PAPER, Progress.SILENT);
    assertThat(results.ratioAfterOneStep()).isGreaterThan(5);
  }
}
