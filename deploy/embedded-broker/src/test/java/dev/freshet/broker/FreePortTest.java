package dev.freshet.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void aPortInUseIsNotFree() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.isFree(socket.getLocalPort())).isFalse();
    }
  }

  @Test
  void whatIsFoundIsFreeAndNoPortOfOutgoingConnections() {
    int port = FreePort.find();
    assertThat(FreePort.isFree(port)).isTrue();
    assertThat(port).isBetween(1_024, 32_767);
  }
}
