package dev.freshet.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.standalone.child.ChildProcess.Said;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  private static final String WARNING = "[0.002s][warning][os,container] Duplicate cpuset";

  /** HotSpot warns on standard output, before the program runs. */
  @Test
  void anAnswerIsFoundBehindWarningsOfTheJvm() throws Exception {
    try (ChildProcess child = shell("echo '" + WARNING + "'; echo 'READY here'; cat")) {
      Said said = child.answer("READY ", "FAILED ");
      assertThat(said.answer()).hasValue("READY here");
      assertThat(said.others()).containsExactly(WARNING);
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void whatAChildSaidThatNeverAnsweredIsKept() throws Exception {
    try (ChildProcess child = shell("echo '" + WARNING + "'; exit 3")) {
      Said said = child.answer("READY ");
      assertThat(said.answer()).isEmpty();
      assertThat(said.quoted()).contains(WARNING);
      assertThat(child.ended()).isEqualTo("it ended with status 3");
    }
  }

  @Test
  void ofAChildThatTalksForEverTheLastWordsAreKept() throws Exception {
    try (ChildProcess child = shell("seq 1 1000")) {
      assertThat(child.answer("READY ").others()).hasSize(20).endsWith("999", "1000");
    }
  }

  /** Whoever deletes its files next must not meet it writing. */
  @Test
  void aChildThatDoesNotEndIsKilledAndGoneWhenClosed() throws Exception {
    ChildProcess deaf = ChildProcess.start(command("exec sleep 600"), Duration.ofMillis(10));
    deaf.close();
    assertThat(deaf.isAlive()).isFalse();
  }

  private static ChildProcess shell(String script) throws IOException {
    return ChildProcess.start(command(script), Duration.ofSeconds(60));
  }

  private static ProcessBuilder command(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }
}
