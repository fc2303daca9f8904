package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.freshet.adaptation.learner.NearestMeanLearner;
import dev.freshet.adaptation.onnx.OnnxWriter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether CUDA loads in this process; found out once, by opening a small graph on it. */
final class CudaProbe {
  private static final Logger LOG = LoggerFactory.getLogger(CudaProbe.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private CudaProbe() {}

  /** Holds the answer; initialised at the first question. */
  private static final class Answer {
    private static final Optional<String> FAILURE = probe();
  }

  static Engine resolve(Device device) {
    return switch (device) {
      case CPU -> Engine.CPU;
      case CUDA -> {
        Answer.FAILURE.ifPresent(CudaProbe::refuse);
        yield Engine.CUDA;
      }
      case AUTO -> {
        Answer.FAILURE.ifPresent(CudaProbe::sayOnce);
        yield Answer.FAILURE.isPresent() ? Engine.CPU : Engine.CUDA;
      }
    };
  }

  /**
   * TF32 keeps 10 bits of mantissa: too few for what a learner was trained to do. Warnings are left
   * out: every session would say that shapes are computed on the CPU, as they are meant to be.
   */
  static void addTo(OrtSession.SessionOptions options) throws OrtException {
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    // Its options write to a log that comes with the environment: without one they fail.
    OrtEnvironment.getEnvironment();
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
      cuda.add("use_tf32", "0");
      options.addCUDA(cuda);
    }
  }

  private static void refuse(String reason) {
    throw new IllegalStateException(
        "Device 'cuda' cannot be used: "
            + reason
            + ". Build with -Pgpu-cuda12 or -Pgpu-cuda13 on a machine with the NVIDIA driver, CUDA and cuDNN, or choose"
            + " 'cpu' or 'auto'.");
  }

  private static void sayOnce(String reason) {
    if (SAID.compareAndSet(false, true)) {
      LOG.warn("Device 'auto' uses the CPU, because CUDA does not load: {}.", reason);
    }
  }

  /** Native libraries fail in ways of their own: link errors count as an answer, too. */
  private static Optional<String> probe() {
    try {
      if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
        return Optional.of("this build of ONNX Runtime has no CUDA provider");
      }
      byte[] graph = new OnnxWriter().write(new NearestMeanLearner(2).predictGraph());
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        addTo(options);
        OrtEnvironment.getEnvironment().createSession(graph, options).close();
      }
      return Optional.empty();
    } catch (OrtException | LinkageError | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()).strip());
    }
  }
}
