package dev.freshet.adaptation.runtime;

import java.util.List;

/** Where tests run releases: {@code -Dfreshet.test.device=cuda} on a machine with a GPU. */
public final class DeviceUnderTest {
  /** Without the property, the CPU. */
  public static final Device DEVICE =
      Device.parse(System.getProperty("freshet.test.device", "cpu"));

  private DeviceUnderTest() {}

  /** The device's own, and one whose calls are always full, as on a GPU. */
  static List<ReleaseLoader> loaders() {
    ReleaseLoader own = new ReleaseLoader(DEVICE);
    return List.of(own, new ReleaseLoader(own.engine(), Filling.FULL, new SessionPool()));
  }
}
