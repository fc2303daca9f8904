package dev.freshet.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.standalone.console.CommandFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void oneStackAtATimeAndTheOtherIsToldWhoHasIt() {
    try (DataDirectory first = DataDirectory.take(directory)) {
      assertThatThrownBy(() -> DataDirectory.take(first.root()))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data-dir");
    }
    try (DataDirectory second = DataDirectory.take(directory)) {
      assertThat(second.root()).isAbsolute();
    }
  }
}
