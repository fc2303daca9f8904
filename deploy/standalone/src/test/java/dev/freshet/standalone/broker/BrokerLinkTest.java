package dev.freshet.standalone.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.broker.FreePort;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Patience;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerLinkTest {
  private static final Patience NONE = new Patience(Duration.ZERO);
  private static final Patience ONE_SECOND = Patience.ofSeconds(1);
  private static final Patience ONE_HOUR = Patience.ofSeconds(3_600);

  /**
   * A command with a wrong address fails soon, however patient it is with a broker that is busy.
   */
  @Test
  void whereNobodyListensNoAnswerIsWaitedFor() {
    BrokerLink nobody = new BrokerLink("127.0.0.1:" + FreePort.find());
    assertThatThrownBy(() -> nobody.requireReachable(NONE, ONE_HOUR))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("No Kafka broker answers at " + nobody.bootstrapServers())
        .hasMessageContaining("within 0 s");
  }

  @Test
  void whoListensAndStaysSilentIsWaitedForInVain() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerLink link = new BrokerLink("127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> link.requireReachable(ONE_HOUR, ONE_SECOND))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("within 1 s");
    }
  }

  @Test
  void whatIsNoAddressIsRefusedAtOnce() {
    assertThatThrownBy(() -> new BrokerLink("nowhere").requireReachable(ONE_HOUR, ONE_HOUR))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("No Kafka broker answers at nowhere. Start one");
  }
}
