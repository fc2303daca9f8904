package dev.freshet.standalone.refresh;

import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.standalone.stack.DirectoryLock;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A data directory, as a refresh of one lineage uses it. Held while it is at work; the operating
 * system lets go however the process ends. A stack may run on the same directory.
 */
public final class RefreshPlace implements AutoCloseable {
  private final Path root;
  private final DirectoryLock lock;

  private RefreshPlace(Path root, DirectoryLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes it.
   *
   * @throws CommandFailure if another refresh or trainer of the lineage has it
   */
  public static RefreshPlace take(Path directory, String lineage) {
    Path root = directory.toAbsolutePath().normalize();
    DirectoryLock lock =
        DirectoryLock.take(
            root,
            "refresh-" + lineage + ".lock",
            process ->
                String.format(
                    "A refresh of lineage '%s' is under way, by process %s, or a trainer runs there. Wait"
                        + " for it, or stop it: it can be ended anywhere.",
                    lineage, process));
    return new RefreshPlace(root, lock);
  }

  /**
   * Refuses the directory of another stack: its releases are not what this broker's job serves. One
   * in which no broker lives is taken as it is.
   *
   * @throws CommandFailure if a broker of another cluster lives there
   */
  void requireBroker(BrokerLink broker) {
    Path meta = root.resolve("broker").resolve("meta.properties");
    if (!Files.exists(meta)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(meta);
        Admin admin = broker.admin()) {
      properties.load(reader);
      String here = properties.getProperty("cluster.id", "");
      String there = admin.describeCluster().clusterId().get();
      if (!here.equals(there)) {
        throw new CommandFailure(
            Exit.USAGE,
            String.format(
                "Data directory %s belongs to Kafka cluster %s, but the broker is of %s. Give"
                    + " --data-dir and --bootstrap of the same stack.",
                root, here, there));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + meta, e);
    } catch (ExecutionException e) {
      throw new CommandFailure(Exit.UNREACHABLE, "The broker does not say its cluster: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  public ReleaseShelf shelf() {
    return new ReleaseShelf(root.resolve("releases"));
  }

  /** Where vectors of texts are kept for the next refresh. */
  Path embeddings() {
    return root.resolve("embeddings");
  }

  @Override
  public void close() {
    lock.close();
  }
}
