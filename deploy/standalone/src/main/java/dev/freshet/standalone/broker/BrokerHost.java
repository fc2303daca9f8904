package dev.freshet.standalone.broker;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the child JVM runs: a broker until standard input closes, which it does however the parent
 * ends, by SIGKILL too.
 *
 * <p>Speaks to the parent in lines on standard output: {@code READY host:port}, {@code TAKEN port}
 * or {@code FAILED reason}.
 */
public final class BrokerHost {
  static final String READY = "READY ";
  static final String TAKEN = "TAKEN ";
  static final String FAILED = "FAILED ";

  private static final Logger log = LoggerFactory.getLogger(BrokerHost.class);
  // Longer than a broker whose parent was killed needs to shut down.
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(45);

  private final Path directory;
  private final int port;

  public BrokerHost(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Returns when {@code in} ends. */
  public void run(InputStream in, PrintStream out) {
    try (FileChannel channel = lockFile();
        FileLock lock = lockAfterPredecessor(channel)) {
      if (port != 0 && !FreePort.isFree(port)) {
        out.println(TAKEN + port);
        return;
      }
      serve(in, out);
      log.info("Broker stopped; {} released", lock.channel());
    } catch (IOException | RuntimeException e) {
      log.error("Broker failed", e);
      // A line is what the parent reads.
      out.println(FAILED + e.toString().lines().collect(Collectors.joining(" ")));
    }
  }

  private void serve(InputStream in, PrintStream out) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
      out.println(READY + broker.bootstrapServers());
      out.flush();
      while (in.read() >= 0) {
        // The parent sends nothing; what counts is the end.
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    Files.createDirectories(directory);
    return FileChannel.open(
        directory.resolveSibling(directory.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private FileLock lockAfterPredecessor(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PREDECESSOR_PATIENCE.toNanos();
    while (true) {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "another broker still runs on " + directory + "; end it, then start again");
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the broker before", e);
    }
  }
}
