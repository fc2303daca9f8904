package dev.freshet.adaptation.runtime;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory of this process that a GPU reads and writes by itself. From any other, the driver copies
 * to some of its own first; and ONNX Runtime's Java API can only make others. It goes when nothing
 * refers to it any more and the collector has seen that. The collector does not know how much there
 * is, so that {@value #BYTES_MAX} bytes are the most: beyond them there is ordinary memory.
 */
final class PinnedMemory {
  static final long BYTES_MAX = 1L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(PinnedMemory.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicLong TAKEN = new AtomicLong();
  private static final AtomicBoolean SAID = new AtomicBoolean();

  /** What Linux has loaded into this process, a line for each piece. */
  private static final Path LOADED = Path.of("/proc/self/maps");

  private static final Pattern LIBRARY = Pattern.compile("(/\\S*/libcudart\\.so\\S*)$");

  /** Of cudaHostAlloc: pinned for all contexts. */
  private static final int PORTABLE = 1;

  private PinnedMemory() {}

  /** CUDA's own functions; none where the provider has not loaded them. */
  private static final class Cuda {
    private static final Optional<Cuda> FOUND = find();

    private final Function allocate;
    private final Function free;
    private final Function forgetError;

    private Cuda(NativeLibrary library) {
      this.allocate = library.getFunction("cudaHostAlloc");
      this.free = library.getFunction("cudaFreeHost");
      this.forgetError = library.getFunction("cudaGetLastError");
    }

    /** The library that ONNX Runtime's provider has loaded, and no other that is installed. */
    private static Optional<Cuda> find() {
      try (Stream<String> lines = Files.lines(LOADED)) {
        return lines
            .map(LIBRARY::matcher)
            .filter(Matcher::find)
            .map(found -> new Cuda(NativeLibrary.getInstance(found.group(1))))
            .findFirst();
      } catch (IOException | UncheckedIOException | LinkageError e) {
        LOG.debug("CUDA's runtime library cannot be asked for memory.", e);
        return Optional.empty();
      }
    }
  }

  /** Nothing where there is none to have: any other memory works, too. */
  static Optional<ByteBuffer> allocate(int bytes) {
    if (bytes == 0) {
      return Optional.empty();
    }
    if (TAKEN.addAndGet(bytes) > BYTES_MAX) {
      TAKEN.addAndGet(-bytes);
      sayOnce("more than " + BYTES_MAX + " bytes are wanted");
      return Optional.empty();
    }
    Optional<ByteBuffer> memory = Cuda.FOUND.flatMap(cuda -> allocate(cuda, bytes));
    if (memory.isEmpty()) {
      TAKEN.addAndGet(-bytes);
      sayOnce("CUDA's runtime library gives none");
    }
    return memory;
  }

  private static Optional<ByteBuffer> allocate(Cuda cuda, int bytes) {
    PointerByReference address = new PointerByReference();
    int error = cuda.allocate.invokeInt(new Object[] {address, (long) bytes, PORTABLE});
    if (error != 0) {
      // It would be taken for the error of the next kernel.
      cuda.forgetError.invokeInt(new Object[0]);
      LOG.debug("CUDA has no {} bytes of pinned memory: error {}.", bytes, error);
      return Optional.empty();
    }
    Pointer memory = address.getValue();
    ByteBuffer buffer = memory.getByteBuffer(0, bytes);
    // Views of a buffer refer to it: it goes when the last of them has gone.
    CLEANER.register(
        buffer,
        () -> {
          cuda.free.invokeInt(new Object[] {memory});
          TAKEN.addAndGet(-bytes);
        });
    return Optional.of(buffer);
  }

  private static void sayOnce(String reason) {
    if (SAID.compareAndSet(false, true)) {
      LOG.warn("Some of what goes to the GPU is in memory that is not pinned: {}.", reason);
    }
  }
}
