package dev.freshet.standalone.broker;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.FreePort;
import dev.freshet.standalone.console.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {
  @TempDir Path directory;

  @Test
  void aTakenPortIsSaidToBeTaken() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("first"), 0)) {
      int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
      assertThat(FreePort.isFree(port)).isFalse();
      assertThatThrownBy(
              () ->
                  BrokerProcess.start(
                      directory.resolve("second"), port, directory.resolve("logs/broker.log")))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("Port " + port + " on 127.0.0.1 is taken")
          .hasMessageContaining("--port");
    }
  }

  /** A parent that is killed closes the pipe too: this is how the child learns of it. */
  @Test
  void theChildEndsWhenItsStandardInputCloses() {
    BrokerProcess process =
        BrokerProcess.start(directory.resolve("data"), 0, directory.resolve("logs/broker.log"));
    ProcessHandle child = ProcessHandle.of(process.pid()).orElseThrow();
    new BrokerLink(process.bootstrapServers()).requireReachable();
    process.close();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void whatAChildSaidBeforeItDiedIsQuoted() throws Exception {
    Path occupied = Files.writeString(directory.resolve("file"), "not a directory");
    assertThatThrownBy(
            () -> BrokerProcess.start(occupied.resolve("data"), 0, directory.resolve("b.log")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The broker process did not start: FAILED")
        .hasMessageContaining(occupied.toString());
  }

  @Test
  void onlyTheWordsOfTheLastChildAreQuotedWithoutStackFrames() throws Exception {
    Path log = directory.resolve("broker.log");
    Path file = Files.writeString(directory.resolve("broker.log.err"), "an older story\n");
    ChildErrors errors = ChildErrors.of(log);
    assertThat(errors.quoted()).isEqualTo("Its standard error is empty");
    Files.writeString(file, "No room\n\tat a.B.c(B.java:1)\nCaused by: d\n", APPEND);
    assertThat(errors.quoted()).isEqualTo("Its standard error says:\n  No room\n  Caused by: d\n");
  }
}
