package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** What really runs. Predictions carry its id, because bytes are promised per kind of processor. */
public enum Engine {
  CPU("cpu"),
  CUDA("cuda");

  private final String id;

  Engine(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /**
   * What a device comes to on this machine.
   *
   * @throws IllegalStateException with the reason if it is asked for and cannot be used
   */
  public static Engine of(Device device) {
    return CudaProbe.resolve(device);
  }

  /** Makes a session run on this engine; on a GPU without TF32. */
  public void addTo(OrtSession.SessionOptions options) throws OrtException {
    if (this == CUDA) {
      CudaProbe.addTo(options);
    }
  }
}
